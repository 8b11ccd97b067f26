/** What money out is added up by. */
export const SPENT_BY = ['vendor', 'category', 'job', 'customer', 'month'] as const;
export type SpentBy = (typeof SPENT_BY)[number];
