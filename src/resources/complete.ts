// What a host offers while somebody types a record's number or name into a prompt or an address.
import type { CompleteRequest, CompleteResult } from '@modelcontextprotocol/server';
import type { Kind } from '../kinds/index.ts';
import type { ReadResource } from '../services/context.ts';
import { completeRecord } from '../services/search/search.ts';
import { completedByTemplate } from './templates.ts';
import { beginning } from '../domain/text.ts';

/** More than this of what is being typed names nothing better. */
const LONGEST_TYPED = 200;

/** @param completedByPrompt what an argument of a prompt may name */
export function completionAnswers(
  readResource: ReadResource,
  completedByPrompt: (name: string, argument: string) => readonly Kind[],
) {
  return {
    'completion/complete': async ({ params: { ref, argument } }: CompleteRequest): Promise<CompleteResult> => {
      const kinds =
        ref.type === 'ref/prompt'
          ? completedByPrompt(ref.name, argument.name)
          : completedByTemplate(ref.uri, argument.name);
      return await readResource({ name: 'completion/complete' }, async (scope) => {
        const completion = await completeRecord(scope, { kinds, value: beginning(argument.value, LONGEST_TYPED) });
        return async () => ({ completion });
      });
    },
  };
}
