// What a use case is given: one state of the account's books, to read or to write. Tools name these and nothing of the
// store, so that what they can reach is what the services offer.
import type { ReadScope, WriteScope } from '../store/scope.ts';

export type ReadContext = ReadScope;
export type WriteContext = WriteScope;
