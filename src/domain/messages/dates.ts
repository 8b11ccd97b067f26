type Changed = { readonly time: string; readonly day: string; readonly zone: string };

/** What is said of dates and times. `said` is what was given, quoted. */
export type DateMessages = {
  'date.unreadable': { readonly said: string };
  'date.not-on-the-calendar': { readonly said: string };
  'date.out-of-range': { readonly said: string; readonly first: number; readonly last: number };
  'time.unreadable': { readonly said: string };
  'time.no-time-of-day': { readonly said: string };
  'time.not-on-the-clock': { readonly said: string };
  'time.unreal-offset': { readonly said: string };
  /** The clock is turned back, and comes to this time twice; with the offset of each. */
  'time.comes-twice': Changed & { readonly first: string; readonly second: string };
  /** The clock is turned forward over this time; with the offsets around it. */
  'time.skipped': Changed & { readonly before: string; readonly after: string };
};
