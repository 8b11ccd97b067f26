// Every tool as it is listed, without what a call of it needs. From source they are the tools themselves; the bundle
// carries them ready made (rolldown.config.ts), so that a list is made without loading a tool or a schema.
import type { Tool } from './define-tool.ts';
import { TOOLS } from './index.ts';

/** What a tool is to those who list it. */
export type Listed = Pick<
  Tool,
  'name' | 'title' | 'description' | 'annotations' | 'filesIn' | 'toolset' | 'needsJobs' | 'roles'
> &
  Pick<Tool, 'inputJson' | 'outputJson'> & {
    /** The same tool as crew have it; null where it is not for them. */
    readonly crew: Listed | null;
  };

export const LISTED: readonly Listed[] = TOOLS;
