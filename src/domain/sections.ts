// The sections of a job's page and of a customer's: each can be asked for on its own, page by page.

export const JOB_SECTIONS = [
  'quotes',
  'invoices',
  'expenses',
  'files',
  'appointments',
  'walk-and-talks',
  'activity',
] as const;
export type JobSection = (typeof JOB_SECTIONS)[number];

export const CUSTOMER_SECTIONS = ['jobs', 'quotes', 'invoices', 'files', 'appointments', 'walk-and-talks'] as const;
export type CustomerSection = (typeof CUSTOMER_SECTIONS)[number];

/** Some rows of a section, and how many there are in all. */
export type Section<T> = { readonly rows: readonly T[]; readonly count: number };

/** Of a job's page as crew see it. */
export const CREW_SECTIONS = ['files', 'appointments', 'walk-and-talks', 'activity'] as const;
export type CrewSection = (typeof CREW_SECTIONS)[number];
