// How models and hosts write arguments, made of one form before the strict parse: nothing for an optional argument,
// numbers and booleans as text, lists and objects as their JSON text, one for a list, any spelling of a choice. It goes by
// the tool's own schema. What it does not understand it leaves as it is, for the parse to refuse as it was sent; money is
// read by the domain alone.
import { z } from 'zod';
import { choiceMeant } from '../domain/choice.ts';
import { readJson } from '../domain/json.ts';

type Schema = z.core.$ZodType;

/** Texts that may be said as a number: `job: 12` is J-12. */
const BARE = z.registry<{ readonly isBare: true }>();

/** @returns the schema, of a text that a bare number says as well */
export function orBareNumber<S extends z.ZodString>(schema: S): S {
  // What is described further is a copy, which has what the schema was registered with.
  BARE.add(schema, { isBare: true });
  return schema;
}

function isBareNumber(given: number): boolean {
  return Number.isSafeInteger(given) && given > 0;
}

/** JSON within the arguments of one call may be this long: 200 lines of a quote with every word they may have. */
const MOST_JSON = 1_000_000;

/** @param args as they were sent; what comes back is still to be parsed */
export function readKindly(schema: z.ZodObject, args: unknown): unknown {
  return new Reading().read(schema, renamed(schema, args ?? {}));
}

/** Arguments that had another name in earlier versions, which models may remember. */
const EARLIER: ReadonlyMap<string, string> = new Map([['repeat', 'allowDuplicate']]);

function renamed({ shape }: z.ZodObject, args: unknown): unknown {
  if (!isObject(args)) return args;
  const now = (name: string) => {
    const next = EARLIER.get(name);
    return next !== undefined && Object.hasOwn(shape, next) && !Object.hasOwn(args, next) ? next : name;
  };
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [now(name), value]));
}

class Reading {
  #jsonLeft = MOST_JSON;

  read(schema: Schema, given: unknown): unknown {
    if (schema instanceof z.ZodOptional) return this.read(schema.unwrap(), given);
    if (schema instanceof z.ZodNullable) return given === null ? null : this.read(schema.unwrap(), given);
    if (schema instanceof z.ZodPipe) return this.read(schema.in, given);
    if (schema instanceof z.ZodObject) return this.#object(schema, given);
    if (schema instanceof z.ZodArray) return this.#list(schema, given);
    if (typeof given === 'number')
      return BARE.get(schema)?.isBare === true && isBareNumber(given) ? String(given) : given;
    if (typeof given !== 'string') return given;
    if (schema instanceof z.ZodEnum) return choiceMeant(schema.options.map(String), given) ?? given;
    if (schema instanceof z.ZodNumber) return numberIn(given) ?? given;
    if (schema instanceof z.ZodBoolean) return BOOLEANS.get(given.trim().toLowerCase()) ?? given;
    return given;
  }

  #object({ shape }: z.ZodObject, given: unknown): unknown {
    const object = this.#json(given);
    if (!isObject(object)) return given;
    const entries = Object.entries(object).filter(([name, value]) => !isLeftOut(schemaIn(shape, name), value));
    return Object.fromEntries(
      entries.map(([name, value]) => {
        const schema = schemaIn(shape, name);
        return [name, schema === undefined ? value : this.read(schema, value)];
      }),
    );
  }

  #list({ element }: z.ZodArray, given: unknown): unknown {
    const list = this.#json(given);
    if (Array.isArray(list)) return list.map((each: unknown) => this.read(element, each));
    const one = this.read(element, given);
    return z.safeParse(element, one).success ? [one] : given;
  }

  /** What a JSON text says, where it says a list or an object; else what was given. */
  #json(given: unknown): unknown {
    if (typeof given !== 'string' || !/^\s*[[{]/.test(given) || given.length > this.#jsonLeft) return given;
    this.#jsonLeft -= given.length;
    return readJson(given)?.value ?? given;
  }
}

/**
 * Empty is as if left out, a list or an object too where an empty one says nothing (`lines: []` beside `fromQuote`); null
 * as well, unless it means something there: to clear, or that it is not known.
 */
function isLeftOut(schema: Schema | undefined, value: unknown): boolean {
  if (!(schema instanceof z.ZodOptional)) return false;
  const inner = schema.unwrap();
  if (value === null) return !(inner instanceof z.ZodNullable);
  if (value === '') return true;
  if (inner instanceof z.ZodArray) return (isEmptyList(value) || value === '[]') && !z.safeParse(inner, []).success;
  if (inner instanceof z.ZodObject) return (holdsNothing(value) || value === '{}') && !z.safeParse(inner, {}).success;
  return false;
}

function isEmptyList(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** `{ quote: "", percent: null }` is none. */
function holdsNothing(value: unknown): boolean {
  return value === '' || (isObject(value) && Object.values(value).every((each) => each === null || isEmptyList(each)));
}

function schemaIn(shape: Readonly<Record<string, Schema>>, name: string): Schema | undefined {
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** A plain decimal: no exponent, no separators, no words for numbers that are none. */
function numberIn(text: string): number | undefined {
  const number = /^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
