import type { CustomerMessages } from '../../domain/messages/customers.ts';
import { plain } from '../../domain/text.ts';
import type { Catalogue } from '../catalogue.ts';
import { capital, counted, some } from '../format.ts';

const MOST_NAMED = 12;

export const customerMessages: Catalogue<CustomerMessages> = {
  'customer.unknown-stage': ({ said, pipeline, stages }) =>
    `${said} is not a stage of the ${pipeline} pipeline. Use one of: ${stages}.`,
  'customer.looks-like': ({ customers, first }) => {
    const alike = `this looks like a customer you have:${customers.map((each) => `\n- ${each}`).join('')}\nUse ${first}`;
    return {
      next: `${alike}, or pass evenIfSimilar: true if this is someone else. Nothing was saved.`,
      instead: `${alike}, or say that this is someone else. Nothing was saved.`,
    };
  },
  'merge.one-already': ({ ref, name }) => `${ref} ${name} is that very record. Name two that are to become one.`,
  'merge.sample': ({ ref }) => `${ref} is a sample. Only real customers are merged.`,
  'merge.moves': ({ ref, name, into, counts }) => {
    const what = counts.map(({ kind, count }) => counted(count, plain(kind))).join(', ');
    // Read in the question as what the books will say, and in the answer as what they say.
    return `${what === '' ? 'Nothing stood on it' : `${capital(what)} moved along`}; ${ref} ${name} leads to ${into} now.`;
  },
  'merge.kept-beside': ({ what, ref }) =>
    `Kept beside: ${what.join(', ')}; ${ref} is found by ${what.length === 1 ? 'it' : 'them'} too.`,
  'note.still-made-out': ({ refs, name }) =>
    `${some(refs, MOST_NAMED)} ${refs.length === 1 ? 'stays' : 'stay'} made out to ${name}, as sent.`,
  'customer.likely-duplicate': ({ customers }) => `That looks like a customer you have: ${customers.join('; ')}.`,
};
