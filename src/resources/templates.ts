// Every kind of record as a resource: how it is addressed, and what may be completed in its address.
import { KINDS, type Kind } from '../kinds/index.ts';
import { uriTemplateOf, type AddressKind } from '../kinds/uri.ts';

/** Nobody's words in it shall become links or pictures. */
export const PLAIN = 'text/plain';

type Template = {
  readonly place: AddressKind;
  readonly variable: string;
  readonly title: string;
  readonly description: string;
  /** Kinds of records that its variable names, by number or by words. */
  readonly kinds: readonly Kind[];
};

const PAPER: Template = {
  place: 'document',
  variable: 'document',
  title: 'Paper for the customer',
  description: 'What the customer sees of a quote or an invoice, by number',
  kinds: ['quote', 'invoice'],
};

/** A paper stands behind the last kind that it is of. */
const RESOURCE_TEMPLATES: readonly Template[] = KINDS.flatMap(({ kind, resource: { name, ...words } }): Template[] => [
  { ...words, place: kind, variable: name, kinds: [kind] },
  ...(kind === PAPER.kinds.at(-1) ? [PAPER] : []),
]);

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
