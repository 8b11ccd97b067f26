import type { NoFacts } from '../message.ts';

type Member = { readonly email: string; readonly account: string };

/** What is said of people, their passwords, tokens and links. */
export type AccessMessages = {
  'person.name-form': NoFacts;
  'person.email-form': { readonly said: string };
  'person.in-already': Member & { readonly name: string; readonly role: string };
  'person.name-taken': Member & { readonly name: string; readonly asked: string };
  'person.was-in-as': Member & { readonly name: string };
  'person.unknown': { readonly said: string };
  'person.only-owner': { readonly name: string; readonly account: string };
  'person.not-in': { readonly email: string | null; readonly accountId: number; readonly account: string | null };
  'sign-in.link-ended': NoFacts;
  'sign-in.not-right': NoFacts;
  'sign-in.too-many': NoFacts;
  'password.too-short': { readonly fewest: number };
  'password.too-long': { readonly most: number };
  'password.easy-to-guess': { readonly why: 'common' | 'own' | 'pattern' | 'date' | 'short' };
  'token.name-form': NoFacts;
  'token.beyond-role': {
    readonly name: string;
    readonly role: string;
    readonly beyond: readonly string[];
    readonly may: readonly string[];
  };
  'token.reads-at-least': NoFacts;
  'token.revoked-already': { readonly id: number; readonly accountId: number };
  'token.unknown': { readonly id: number; readonly accountId: number };
  'link.too-many-wait': { readonly count: number };
  'link.not-with-upload-link': NoFacts;
  'link.no-page-here': NoFacts;
  'link.for-one-job': NoFacts;
  'link.too-many-open': { readonly count: number };
  'confirm.for-another-call': NoFacts;
  'confirm.by-the-person': NoFacts;
  'confirm.person-is-asked': NoFacts;
  'confirm.done-already': NoFacts;
  'confirm.not-from-here': NoFacts;
  'confirm.in-terminal': { readonly code: string };
  'confirm.on-page': { readonly url: string };
};
