// A record that another names.
export type Named = { readonly id: number; readonly name: string };
