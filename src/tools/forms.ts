// What an argument looks like, for whoever gave another: its form in words, and an example of it, made of the schema as it is
// listed. The example is never what was just refused.
import { quoted } from '../domain/errors.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a schema has at a place in the arguments. */
function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema {
  return path.reduce<JsonSchema>((sofar, key) => {
    const inner = variantsOf(sofar).map((each) =>
      typeof key === 'number' ? each['items'] : asSchema(each['properties'])[String(key)],
    );
    return asSchema(inner.find((each) => each !== undefined));
  }, schema);
}

export function propertiesAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema {
  return asSchema(schemaAt(schema, path)['properties']);
}

/** `text`, `a number or null`, `a list, like [{ name: "Mike", role: "lead" }]` … @param given what it was instead */
export function formOf(schema: JsonSchema, path: readonly PropertyKey[], given: unknown): string {
  const at = schemaAt(schema, path);
  const types = variantsOf(at)
    .flatMap((each) => [each['type'], ...(each['nullable'] === true ? ['null'] : [])])
    .filter((type) => typeof type === 'string');
  const words = types.map((type) => FORM_WORDS[type] ?? type);
  const said = words.length === 0 ? 'a value' : words.join(' or ');
  const name = path.findLast((key) => typeof key === 'string') ?? '';
  if (types.includes('array') || types.includes('object')) {
    const [listed = at] = variantsOf(at).filter(({ type }) => type === 'array' || type === 'object');
    const like = example(listed, name, given);
    return like === '[]' || like === '{}' ? said : `${said}, like ${like}`;
  }
  const form = at['description'] ?? FORMS[name];
  return typeof form === 'string' ? `${said} (${form})` : said;
}

function variantsOf(schema: JsonSchema): JsonSchema[] {
  const either = schema['anyOf'];
  return Array.isArray(either) ? either.map(asSchema) : [schema];
}

export function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/**
 * An object is shown with what it needs and what goes with that, and with the words that were given in its place; where it
 * needs nothing, with the plainest that it takes, each alone.
 */
function example(schema: JsonSchema, name: string, given: unknown): string {
  if (schema['type'] === 'array') {
    const each = example(asSchema(schema['items']), name, given);
    return each === '{}' ? '[]' : `[${each}]`;
  }
  if (schema['type'] !== 'object') return plainExample(schema, name, given);
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const properties = Object.entries(asSchema(schema['properties'])).map(([each, inner]) => ({
    each,
    inner: asSchema(inner),
  }));
  const isText = ({ inner }: (typeof properties)[number]) => inner['type'] === 'string' && inner['enum'] === undefined;
  const first = required.length === 0 && typeof given === 'string' ? properties.find(isText) : undefined;
  // A text that was given has its place in what it takes, needed or not.
  const needed = first === undefined ? properties.filter(({ each }) => required.includes(each)) : [first];
  const plain = properties.filter((each) => !needed.includes(each) && each.inner['items'] === undefined);
  const shown = ({ each, inner }: (typeof properties)[number], at: number) => {
    const isTheirs = at === 0 && typeof given === 'string' && given.length <= 40 && inner['type'] === 'string';
    return `${each}: ${isTheirs && inner['enum'] === undefined ? quoted(given) : example(inner, each, undefined)}`;
  };
  if (needed.length === 0)
    return plain.length === 0
      ? '{}'
      : plain
          .slice(0, 2)
          .map((each) => `{ ${shown(each, 1)} }`)
          .join(' or ');
  return `{ ${[...needed, ...(needed.length > 1 ? [] : plain.slice(0, 1))].map(shown).join(', ')} }`;
}

function plainExample(schema: JsonSchema, name: string, given: unknown): string {
  const choices: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const known = EXAMPLES[name] ?? [];
  const fitting = choices.length > 0 ? [...known.filter((each) => choices.includes(each)), ...choices] : known;
  const fallback =
    schema['type'] === 'number' || schema['type'] === 'integer' ? 10 : schema['type'] === 'boolean' ? true : 'text';
  const refused = JSON.stringify(given ?? null);
  const [first] = [...fitting, fallback].filter((each) => JSON.stringify(each) !== refused);
  return JSON.stringify(first ?? fallback);
}

/** What the arguments that stand in many tools look like. */
const FORMS: Readonly<Record<string, string>> = {
  customer: 'C-7 or a name',
  job: 'J-12 or words from its name',
  quote: 'Q-31 or words from its title',
  invoice: 'INV-1043, DRAFT-5 or words from its job or customer',
  expense: 'E-88 or words from it',
  appointment: 'A-4 or words from its title',
  amount: 'like 420 or "420.50"',
  unitPrice: 'like 420 or "420.50"',
  unitCost: 'like 420 or "420.50"',
  change: 'its number, as list-changes shows it',
  issuedOn: 'YYYY-MM-DD',
  dueOn: 'YYYY-MM-DD',
  paidOn: 'YYYY-MM-DD',
  spentOn: 'YYYY-MM-DD',
  quotedOn: 'YYYY-MM-DD',
  startsOn: 'YYYY-MM-DD',
  endsOn: 'YYYY-MM-DD',
  from: 'YYYY-MM-DD',
  to: 'YYYY-MM-DD',
};

/** What stands in examples: of each more than one, for where the first was just refused. */
const EXAMPLES: Readonly<Record<string, readonly (string | number)[]>> = {
  name: ['Mike', 'Dana Henderson'],
  role: ['lead', 'crew'],
  every: ['week', 'month'],
  until: ['2026-10-31', '2026-12-31'],
  people: ['Mike', 'Sam'],
  description: ['Shingles', 'Tear-off'],
  quantity: [24, 10],
  unitPrice: [450, 280],
  unitCost: [280, 150],
  amount: [420, 250],
  percent: [30, 10],
  discountPercent: [10, 5],
  marginPercent: [35, 30],
  category: ['materials', 'labor'],
  quote: ['Q-31', 'Q-32'],
  records: ['Q-31', 'INV-1043'],
  doneLines: ['Q-31/2', 'Q-31/3'],
  notDoneLines: ['Q-31/2', 'Q-31/3'],
  photos: ['F-9', 'F-10'],
  restOf: ['J-3', 'J-7'],
  jobs: ['J-3', 'J-7'],
  job: ['J-12', 'J-3'],
  customer: ['C-7', 'C-3'],
  findings: ['Flashing is loose', 'Two vents are cracked'],
  followUps: ['Order the vent', 'Call back on Friday'],
};

const FORM_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};
