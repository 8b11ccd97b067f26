// A test reads of an answer what its tool sends, and nothing else.
import { expectTypeOf, it } from 'vitest';
import type { AccountCard } from '../../src/views/internal/account.ts';
import type { ExpenseRow } from '../../src/views/internal/expense.ts';
import type { Answers, Ask } from '../support/answers.ts';

declare const ok: Ask;

it('an answer is known by the name of its tool', async () => {
  expectTypeOf((await ok('get-account')).account).toEqualTypeOf<AccountCard>();
  expectTypeOf<Answers['update-job-expense']['expense']>().toEqualTypeOf<ExpenseRow | null>();
  expectTypeOf((await ok('get-job')).job.quotes).not.toBeNullable();
  // @ts-expect-error nothing is sent under this name
  expectTypeOf((await ok('get-account')).account.owner).toBeString();
  // @ts-expect-error nor is there such a tool
  await ok('get-accounts');
});
