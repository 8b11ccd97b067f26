/** Tools are listed and switched off by these (`--toolsets`). */
export const TOOLSETS = [
  'jobs',
  'customers',
  'quotes',
  'invoices',
  'expenses',
  'site',
  'reports',
  'history',
  'account',
] as const;
export type Toolset = (typeof TOOLSETS)[number];
