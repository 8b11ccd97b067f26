import type { NoFacts } from '../message.ts';

export type HistoryMessages = {
  'history.not-with-change': NoFacts;
  'history.no-such-change': { readonly number: number };
  'history.day-or-period': NoFacts;
  'history.too-many-days': { readonly most: number };
  /** Of one sort of events. */
  'history.too-much-happened': { readonly most: number };
  'history.not-of-events': NoFacts;
  'history.could-be-anything': { readonly said: string };
  'history.gone-by-number': { readonly said: string };
  'history.never-called-so': { readonly said: string };
  'history.nobody-of-that-name': {
    readonly of: 'actor' | 'client';
    readonly said: string;
    readonly names: readonly string[];
    readonly count: number;
  };

  'event.customer': NoFacts;
  'event.job': NoFacts;
  'event.job-status': { readonly to: string };
  'event.note': NoFacts;
  'event.walk': { readonly ref: string; readonly title: string };
  'event.quote': {
    readonly quote: string;
    readonly title: string;
    readonly isChangeOrder: boolean;
    readonly isNew: boolean;
    readonly status: string;
    /** Null where a price is not known yet. */
    readonly subtotal: string | null;
  };
  /** @property status whether it was held, is over and not said to have been, or is to come */
  'event.visit': {
    readonly ref: string;
    readonly title: string;
    readonly time: string;
    readonly status: 'done' | 'over' | 'ahead';
  };
  /** @property isBack a supplier gave it back */
  'event.expense': {
    readonly isBack: boolean;
    readonly isOverhead: boolean;
    readonly expense: string;
    readonly description: string;
    readonly vendor: string | null;
    readonly amount: string;
  };
  'event.invoice': { readonly invoice: string; readonly kind: string; readonly total: string };
  /** Somebody's reason stands beside it. */
  'event.invoice-void': { readonly invoice: string; readonly total: string };
  'event.payment': {
    readonly payment: string;
    readonly amount: string;
    readonly method: string | null;
    readonly invoice: string;
    readonly isRefund: boolean;
  };
  /** The bank took it back. @property as what took it back */
  'event.bounced': { readonly payment: string; readonly amount: string; readonly invoice: string; readonly as: string };
};
