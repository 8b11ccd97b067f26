// A customer: the person you work for. Keeps the whole history; where they stand in the pipeline is their stage.
import type { Instant } from './dates.ts';

export type Customer = {
  readonly id: number;
  readonly isSample: boolean;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly notes: string | null;
  readonly stage: string;
  readonly createdAt: Instant;
};

/** What somebody says of a customer. */
export type CustomerSaid = Omit<Customer, 'id' | 'isSample' | 'createdAt'>;
