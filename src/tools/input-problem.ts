// Turns what a schema found wrong with an input into words: which field, what is wrong, what the right form is.
import type { z } from 'zod';
import { Problem, quoted } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { formOf, propertiesAt, type JsonSchema } from './forms.ts';
import { argumentMeant, belongsTo } from './meant.ts';

/** Faults named in one answer; a caller mends these and tries again. */
const NAMED_FAULTS = 3;

type Issue = z.core.$ZodIssue;
/** The tool that was called, and its input schema as listed, to show the expected arguments from. */
type Called = { readonly tool: string; readonly schema: JsonSchema };

export function inputProblem(error: z.ZodError, called: Called): Problem {
  const issues = [...error.issues].sort(tooLongFirst);
  const faults = [...new Set(issues.map((issue) => explain(issue, called)))];
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

function explain(issue: Issue, { tool, schema }: Called): string {
  const field = fieldOf(issue.path);
  const at = field === '' ? '' : `${field}: `;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const expected = Object.keys(propertiesAt(schema, issue.path));
      const list = expected.length === 0 ? 'It takes none.' : `Expected: ${expected.join(', ')}.`;
      const unknown = issue.keys.slice(0, 5);
      const meant = unknown.flatMap((key) => {
        const named = argumentMeant(key, expected);
        return named === null ? [] : [` For ${quoted(key)} use ${named}.`];
      });
      return `${at}unknown argument ${unknown.map(quoted).join(', ')}. ${list}${meant.join('')}`;
    }
    case 'invalid_type':
    case 'invalid_union':
      return issue.input === undefined
        ? `${at}is missing. Give ${formOf(schema, issue.path, undefined)}.`
        : `${at}must be ${formOf(schema, issue.path, issue.input)}, not ${quoted(issue.input)}.`;
    case 'invalid_value':
      return `${at}${issue.input === undefined ? 'is missing' : `${quoted(issue.input)} is not one of the choices`}. Use ${issue.values.map(String).join(', ')}.${belongsTo(issue.input, schema, { tool, field })}`;
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
