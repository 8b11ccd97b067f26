// Turns what a schema found wrong with an input into words: which field, what is wrong, what the right form is.
import type { z } from 'zod';
import { Problem, quoted } from '../domain/errors.ts';
import { says } from '../domain/message.ts';

/** Faults named in one answer; a caller mends these and tries again. */
const NAMED_FAULTS = 3;

type Issue = z.core.$ZodIssue;
type JsonSchema = Readonly<Record<string, unknown>>;

/** @param schema the tool's input schema as listed, to show the expected arguments from */
export function inputProblem(error: z.ZodError, schema: JsonSchema): Problem {
  const faults = [...new Set([...error.issues].sort(tooLongFirst).map((issue) => explain(issue, schema)))];
  const named = faults.slice(0, NAMED_FAULTS);
  return new Problem('invalid', says('call.input-faults', { faults: named, more: faults.length - named.length }));
}

/** The one character that not every database keeps; where people's words are cleaned it is gone by now. @throws Problem */
export function refuseNul(value: unknown, path: readonly PropertyKey[] = []): void {
  if (typeof value === 'string' && value.includes('\0')) throw new Problem('invalid', says('call.nul'), fieldOf(path));
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) refuseNul(each, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** A list that is far too long hides behind the faults of its members. */
function tooLongFirst(left: Issue, right: Issue): number {
  return Number(right.code === 'too_big') - Number(left.code === 'too_big');
}

function explain(issue: Issue, schema: JsonSchema): string {
  const field = fieldOf(issue.path);
  const at = field === '' ? '' : `${field}: `;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const expected = Object.keys(propertiesAt(schema, issue.path));
      const list = expected.length === 0 ? 'It takes none.' : `Expected: ${expected.join(', ')}.`;
      return `${at}unknown argument ${issue.keys.slice(0, 5).map(quoted).join(', ')}. ${list}`;
    }
    case 'invalid_type':
    case 'invalid_union':
      return issue.input === undefined
        ? `${at}is missing. Give ${formOf(schema, issue.path)}.`
        : `${at}must be ${formOf(schema, issue.path)}, not ${quoted(issue.input)}.`;
    case 'invalid_value':
      return `${at}${issue.input === undefined ? 'is missing' : `${quoted(issue.input)} is not one of the choices`}. Use ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return `${at}is too ${issue.origin === 'string' || issue.origin === 'array' ? 'long' : 'large'}: at most ${String(issue.maximum)}${unitOf(issue.origin)}${sizeOf(issue.input)}.`;
    case 'too_small':
      return `${at}${issue.origin === 'string' ? 'must not be empty' : `must be at least ${String(issue.minimum)}${unitOf(issue.origin)}`}.`;
    case 'invalid_format':
      return `${at}${quoted(issue.input)} is not ${issue.format === 'email' ? 'an e-mail address, like dana@example.com' : `a ${issue.format}`}.`;
    default:
      return `${at}${issue.message}`;
  }
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (sofar, key) => (typeof key === 'number' ? `${sofar}[${key}]` : `${sofar}${sofar === '' ? '' : '.'}${String(key)}`),
    '',
  );
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function sizeOf(input: unknown): string {
  return typeof input === 'string' || Array.isArray(input) ? `; this has ${input.length}` : '';
}

function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema {
  return path.reduce<JsonSchema>((sofar, key) => {
    const inner = variantsOf(sofar).map((each) =>
      typeof key === 'number' ? each['items'] : asSchema(each['properties'])[String(key)],
    );
    return asSchema(inner.find((each) => each !== undefined));
  }, schema);
}

function variantsOf(schema: JsonSchema): JsonSchema[] {
  const either = schema['anyOf'];
  return Array.isArray(either) ? either.map(asSchema) : [schema];
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function propertiesAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema {
  return asSchema(schemaAt(schema, path)['properties']);
}

/** `text`, `a number or text`, `a list` … */
function formOf(schema: JsonSchema, path: readonly PropertyKey[]): string {
  const at = schemaAt(schema, path);
  const types = variantsOf(at)
    .flatMap((each) => [each['type'], ...(each['nullable'] === true ? ['null'] : [])])
    .filter((type) => typeof type === 'string');
  const words = types.map((type) => FORM_WORDS[type] ?? type);
  const form = at['description'] ?? FORMS[String(path.at(-1))];
  const example = typeof form === 'string' ? ` (${form})` : '';
  return `${words.length === 0 ? 'a value' : words.join(' or ')}${example}`;
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

const FORM_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};
