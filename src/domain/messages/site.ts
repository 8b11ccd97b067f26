/** What is said of site visits and appointments. `said` is what was cited, quoted. */
export type SiteMessages = {
  'cited.too-short': { readonly said: string; readonly fewest: number; readonly ref: string };
  'cited.not-said': { readonly said: string; readonly ref: string; readonly closest: string | null };
};
