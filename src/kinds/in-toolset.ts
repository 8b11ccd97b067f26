// Which records come into sight with which toolset.
import { TOOLSETS, type Toolset } from '../domain/toolsets.ts';
import { KINDS, type Kind } from './index.ts';

/** For search, fetch and resources. */
export function recordsOf(toolset: Toolset): readonly Kind[] {
  return KINDS.filter((kind) => [kind.toolset].flat().includes(toolset)).map(({ kind }) => kind);
}

/** For what reads records of every kind. */
export const WITH_RECORDS: readonly Toolset[] = TOOLSETS.filter((toolset) => recordsOf(toolset).length > 0);
