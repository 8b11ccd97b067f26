/** How many times the usual numbers a harness goes through: `npm run soak` says ten. */
export const SOAK = Number(process.env['JOBWRIGHT_SOAK'] ?? 1);
