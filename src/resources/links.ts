// Links from a tool's answer to the records it is about, so that a host can show them and open them.
import type { ResourceLink } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { inLine } from '../domain/text.ts';
import { KINDS, type Kind } from '../kinds/index.ts';
import { kindOf, uriOf } from '../kinds/uri.ts';
import { PLAIN } from './templates.ts';

/** Where a record stands in an answer. Lists are not linked: what is asked for next is a tool's business. */
const LINKED = KINDS.filter(({ linked }) => linked).map(({ kind, resource }) => ({ kind, key: resource.name }));
const MOST_LINKS = 5;

const Linked = z.object({
  ref: z.string(),
  name: z.string().optional(),
  title: z.string().optional(),
  description: z.string().nullish(),
  mediaType: z.string().optional(),
});

/** @param visible records that this caller may see: a link leads nowhere else */
export function linksOf(answer: Record<string, unknown>, visible: readonly Kind[]): ResourceLink[] {
  return LINKED.filter(({ key }) => key in answer)
    .flatMap(({ kind, key }) => {
      const { data } = Linked.safeParse(answer[key]);
      // A preview's `J-next` is no record yet.
      if (data === undefined || kindOf(data.ref) !== kind || !visible.includes(kind)) return [];
      const called = data.name ?? data.title ?? data.description ?? '';
      const name = inLine(`${data.ref} ${called}`);
      return [{ type: 'resource_link' as const, uri: uriOf(kind, data.ref), name, mimeType: data.mediaType ?? PLAIN }];
    })
    .slice(0, MOST_LINKS);
}
