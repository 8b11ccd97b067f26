// Every kind of record as a resource: how it is addressed, and what may be completed in its address.
import type { Kind } from '../kinds/index.ts';
import { uriTemplateOf, type Place } from '../kinds/uri.ts';

/** Nobody's words in it shall become links or pictures. */
export const PLAIN = 'text/plain';

type Template = {
  readonly place: Place;
  readonly variable: string;
  readonly title: string;
  readonly description: string;
  /** Kinds of records that its variable names, by number or by words. */
  readonly kinds: readonly Kind[];
};

const RESOURCE_TEMPLATES: readonly Template[] = [
  of('job', 'job', 'Job', 'A job with its profit, papers, expenses and activity, by number (J-12) or name'),
  of('customer', 'customer', 'Customer', 'A customer with the whole history, by number (C-7) or name'),
  of('quote', 'quote', 'Quote', 'A quote line by line with its private costs, by number (Q-31) or title'),
  of('invoice', 'invoice', 'Invoice', 'An invoice with its payments, by number (INV-1043, DRAFT-5)'),
  {
    ...of(
      'document',
      'document',
      'Paper for the customer',
      'What the customer sees of a quote or an invoice, by number',
    ),
    kinds: ['quote', 'invoice'],
  },
  of('expense', 'expense', 'Expense', 'Money out on a job, by number (E-88) or words'),
  of('payment', 'payment', 'Payment', 'A payment and its invoice, by number (P-9)'),
  of('file', 'file', 'File', 'A photo, receipt or paper with its bytes, by number (F-9) or name'),
  of('appointment', 'appointment', 'Appointment', 'An appointment, by number (A-4) or title'),
  of(
    'walk_and_talk',
    'walkAndTalk',
    'Walk & talk',
    'A recorded site visit with its transcript, by number (W-3) or title',
  ),
];

function of(place: Place, variable: string, title: string, description: string): Template {
  return { place, variable, title, description, kinds: place === 'document' ? [] : [place] };
}

/** As `resources/templates/list` shows them. A file is of its own type. */
export function templatesFor(visible: ReadonlySet<Kind>) {
  return RESOURCE_TEMPLATES.filter(({ kinds }) => kinds.some((kind) => visible.has(kind))).map(
    ({ place, variable, title, description }) => ({
      uriTemplate: uriTemplateOf(place, variable),
      name: variable,
      title,
      description,
      ...(place === 'file' ? {} : { mimeType: PLAIN }),
    }),
  );
}

/** What the variable of this template may name. */
export function completedByTemplate(uriTemplate: string, variable: string): readonly Kind[] {
  const found = RESOURCE_TEMPLATES.find(
    (each) => each.variable === variable && uriTemplateOf(each.place, each.variable) === uriTemplate,
  );
  return found?.kinds ?? [];
}
