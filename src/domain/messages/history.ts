import type { NoFacts } from '../message.ts';

export type HistoryMessages = {
  'history.not-with-change': NoFacts;
  'history.no-such-change': { readonly number: number };
  'history.day-or-period': NoFacts;
  'history.ends-before-start': { readonly last: string; readonly first: string };
  'history.could-be-anything': { readonly said: string };
  'history.gone-by-number': { readonly said: string };
  'history.never-called-so': { readonly said: string };
  'history.nobody-of-that-name': {
    readonly of: 'actor' | 'client';
    readonly said: string;
    readonly names: readonly string[];
    readonly count: number;
  };
};
