export type CustomerMessages = {
  'customer.unknown-stage': { readonly said: string; readonly pipeline: string; readonly stages: string };
  'customer.looks-like': { readonly customers: readonly string[]; readonly first: string };
  'customer.likely-duplicate': { readonly customers: readonly string[] };
};
