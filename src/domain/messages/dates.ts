/** What is said of dates and times. `said` is what was given, quoted. */
export type DateMessages = {
  'date.unreadable': { readonly said: string };
  'date.not-on-the-calendar': { readonly said: string };
  'date.out-of-range': { readonly said: string; readonly first: number; readonly last: number };
};
