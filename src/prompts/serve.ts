// The prompts that a host shows as buttons: listed where their tools are to be had, filled in with real records.
import { cut, inLine } from '../domain/text.ts';
import type { GetPromptRequest, GetPromptResult, ListPromptsResult } from '@modelcontextprotocol/server';
import { invalid, Problem, quoted } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import type { Kind } from '../kinds/index.ts';
import { readAsked } from '../kinds/uri.ts';
import type { ReadResource, ReadContext } from '../services/context.ts';
import { resolveAny } from '../services/resolve/resolve.ts';
import { chaseWhatIsOwed } from './chase-what-is-owed.ts';
import { closeOutAJob } from './close-out-a-job.ts';
import { messageOf, type PromptArguments, type Prompt } from './define-prompt.ts';
import { priceAJob } from './price-a-job.ts';
import { weeklyReview } from './weekly-review.ts';

export const PROMPTS: readonly Prompt[] = [priceAJob, closeOutAJob, weeklyReview, chaseWhatIsOwed];

const LONGEST_ARGUMENT = 200;

/** @param toolsFor names of the tools that are listed on these books */
export function promptAnswers(
  readResource: ReadResource,
  toolsFor: (account: ReadContext['account']) => ReadonlySet<string>,
) {
  return {
    'prompts/list': async (): Promise<ListPromptsResult> =>
      await readResource({ name: 'prompts/list' }, async ({ account, visible }) => {
        const prompts = shown(toolsFor(account)).map(({ name, title, description, arguments: all }) => ({
          ...{ name, title, description },
          arguments: all
            .filter(({ kind }) => visible.has(kind))
            .map((each) => ({
              ...{ name: each.name, title: each.title, description: each.description },
              required: each.required === true,
            })),
        }));
        return async () => ({ prompts });
      }),
    'prompts/get': async ({ params }: GetPromptRequest): Promise<GetPromptResult> =>
      await readResource({ name: 'prompts/get' }, async (scope) => {
        const tools = toolsFor(scope.account);
        const prompt = promptNamed(params.name, tools);
        const text = messageOf(prompt, await given(scope, prompt, params.arguments ?? {}), tools);
        return async () => ({
          description: prompt.description,
          messages: [{ role: 'user', content: { type: 'text', text } }],
        });
      }),
  };
}

/** What this argument of this prompt may name. */
export function completedByPrompt(name: string, argument: string): readonly Kind[] {
  const found = PROMPTS.find((prompt) => prompt.name === name)?.arguments.find((each) => each.name === argument);
  return found === undefined ? [] : [found.kind];
}

function shown(tools: ReadonlySet<string>): Prompt[] {
  return PROMPTS.filter(({ needs }) => needs.every((tool) => tools.has(tool)));
}

function promptNamed(name: string, tools: ReadonlySet<string>): Prompt {
  const all = shown(tools);
  const prompt = all.find((each) => each.name === name);
  if (prompt !== undefined) return prompt;
  const prompts = all.map((each) => each.name);
  throw new Problem('not_found', says('prompt.none', { said: quoted(name), prompts }));
}

/** Hosts send an empty text for what was left blank. */
async function given(
  scope: ReadContext,
  prompt: Prompt,
  args: Readonly<Record<string, string>>,
): Promise<PromptArguments> {
  const found: Record<string, { ref: string; title: string }> = {};
  for (const [name, value] of Object.entries(args)) {
    const argument = prompt.arguments.find((each) => each.name === name && scope.visible.has(each.kind));
    if (argument === undefined) {
      const expected = prompt.arguments.map((each) => each.name);
      throw invalid(cut(name, 40), says('prompt.no-such-argument', { prompt: prompt.name, expected }));
    }
    if (value.trim() === '') continue;
    if (value.length > LONGEST_ARGUMENT) throw invalid(name, says('prompt.argument-too-long'));
    const { ref: asked } = readAsked(value);
    const { ref, title } = await resolveAny(scope, argument.kind, { ref: asked, field: name, intent: 'read' });
    found[name] = { ref, title: inLine(title) };
  }
  const missing = prompt.arguments.find((each) => each.required === true && found[each.name] === undefined);
  if (missing !== undefined)
    throw invalid(missing.name, says('prompt.argument-missing', { what: missing.description }));
  return found;
}
