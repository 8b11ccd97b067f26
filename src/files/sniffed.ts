// What a file turns out to be.
import type { FileTypeName } from '../domain/file.ts';

/** A type that is kept, or what the bytes are instead, like "a video". */
export type Sniffed = { readonly type: FileTypeName } | { readonly is: string };
