export type CustomerMessages = {
  'customer.unknown-stage': { readonly said: string; readonly pipeline: string; readonly stages: string };
  'customer.looks-like': { readonly customers: readonly string[]; readonly first: string };
  'merge.one-already': { readonly ref: string; readonly name: string };
  'merge.sample': { readonly ref: string };
  'merge.moves': {
    readonly ref: string;
    readonly name: string;
    readonly into: string;
    readonly counts: readonly { readonly kind: string; readonly count: number }[];
  };
  /** @property what phones, e-mails and addresses of the other record that the kept one has beside its own */
  'merge.kept-beside': { readonly what: readonly string[]; readonly ref: string };
  'note.still-made-out': { readonly refs: readonly string[]; readonly name: string };
  'customer.likely-duplicate': { readonly customers: readonly string[] };
};
