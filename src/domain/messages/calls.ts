import type { Message, NoFacts } from '../message.ts';

/** What is said of calls that come to nothing here: `name` is that of what was called. */
export type CallMessages = {
  'call.not-for-role': { readonly name: string; readonly role: 'owner' | 'office' | 'crew' };
  'call.other-tools': { readonly refused: Message; readonly tools: readonly string[] };
  'call.no-such-tool': { readonly said: string; readonly tools: readonly string[] };
  'call.not-granted': { readonly name: string; readonly scopes: readonly string[] };
  'call.toolset-off': { readonly name: string; readonly toolsets: readonly string[] };
  'call.read-only': { readonly name: string };
  'call.without-jobs': { readonly about: 'tool' | 'argument' };
  /** What a schema has against the input, argument by argument, and how much more it has. */
  'call.input-faults': { readonly faults: readonly string[]; readonly more: number };
  'call.nul': NoFacts;
  'prompt.none': { readonly said: string; readonly prompts: readonly string[] };
  'prompt.no-such-argument': { readonly prompt: string; readonly expected: readonly string[] };
  'prompt.argument-too-long': NoFacts;
  'prompt.argument-missing': { readonly what: string };
  'resource.none': { readonly said: string };
  'resource.not-for-crew': NoFacts;
};
