// What a tool is: its contract, what it needs to be called, and one use case. The wrapper in server.ts does the rest.
import { z } from 'zod';
import type { Role } from '../domain/access.ts';
import type { Feature } from '../domain/plans.ts';
import type { Toolset } from '../domain/toolsets.ts';
import type { Block } from '../printers/blocks.ts';
import type { Printed } from '../printers/catalogue.ts';
import { asData, forPerson, inWords } from '../printers/in-words.ts';
import { isInWords } from '../views/message.ts';
import {
  CREATE,
  CREW,
  type Authority,
  type Costs,
  type Hints,
  type READ,
  type UPDATE,
  type VOID,
} from './authority.ts';
import { CONTRACT } from './contract.ts';
import type { Effects, ReadContext, WriteContext } from '../services/context.ts';
import { isMessage, type Message } from '../domain/message.ts';

type JsonSchema = Record<string, unknown>;

/** What a tool is, whoever calls it. */
type Whole<N extends string = string> = {
  readonly name: N;
  readonly title: string;
  /** Of several, one that is on is enough. */
  readonly toolset: Toolset | readonly Toolset[];
  /** Cannot be called on a template without jobs. */
  readonly needsJobs?: true;
};

/** What somebody may send with a call, and what they are answered. */
type Face<I extends z.ZodObject, O extends z.ZodObject> = {
  readonly description: string;
  readonly input: I;
  readonly output: O;
  /** A call may bring other tools and records into sight, for this account's lists to be read anew. */
  readonly changesLists?: true;
  /** Shows, or rests on, what the business spends beside its jobs: it tells what of that waits for a month to be opened. */
  readonly ofOverhead?: true;
  /** The plan feature that this call needs, if any. */
  readonly feature?: Feature | ((input: z.output<I>) => Feature | null);
  /** Inputs that are files of the conversation, for hosts that hand those over. */
  readonly filesIn?: readonly (keyof z.output<I> & string)[];
  /** The answer in words: complete on its own, made from the very value that is sent, with everybody's words in line. */
  text(output: Printed<z.output<O>>): readonly Block[];
};

/** What goes with an answer: a file for hosts that can save one, a picture for models that can see. */
export type Extra = {
  readonly kind: 'file' | 'image';
  readonly fileName: string;
  readonly mimeType: string;
  readonly base64: string;
  /** Its address in the books, where it has one. */
  readonly uri?: string;
};
type Rendered<O> = { readonly output: O; readonly extras?: readonly Extra[] };

type Preparing<I, P> = {
  /** Runs before the books are opened: for anything that has to be awaited. */
  readonly prepare?: (input: I, effects: Effects) => Promise<P>;
};
type Reading<I, O, P> = Preparing<I, P> & {
  readonly annotations: typeof READ;
  readonly reads: (scope: ReadContext, input: I, prepared: P) => Promise<O>;
  readonly render?: undefined;
};
type Rendering<I, O, P, R> = Preparing<I, P> & {
  readonly annotations: typeof READ;
  readonly reads: (scope: ReadContext, input: I, prepared: P) => Promise<R>;
  /** Runs when the books are closed again, and makes the answer of what was read: for what has to be awaited, like a PDF. */
  readonly render: (read: R, input: I, effects: Effects) => Promise<Rendered<O>>;
};
type Writing<I, O, P> = Preparing<I, P> & {
  readonly annotations: typeof CREATE | typeof UPDATE | typeof VOID;
  readonly writes: (scope: WriteContext, input: I, prepared: P) => Promise<O>;
  /** Whether this call adds a record, so that the same call soon after is most likely a retry. Default: it creates. */
  readonly adds?: (input: I) => boolean;
  /** What the same call again is known by, where its arguments are others then. Default: its arguments. */
  readonly knownBy?: (input: I) => unknown;
  /** Names no record of its own: what the same call means depends on what was written last. */
  readonly meansNewest?: true;
  /** An answer that an earlier version gave and that is sent again, with what answers have since. */
  readonly fromEarlier?: (structured: Record<string, unknown>) => Record<string, unknown>;
  /** May wait for a yes (`services/shared/costly.ts`): by the rows that it changes alone, or by these arguments too. */
  readonly waits?: typeof BY_ROWS | ((input: I) => boolean);
};
/** What a call changes says whether it waits for a yes. */
export const BY_ROWS = 'by rows';

/** What a write takes and no list shows: a program's own id for a call. A model would invent another for each retry. */
const UNLISTED = { requestId: z.string().min(1).max(100).optional() };
const WriteOptions = z.object({
  ...UNLISTED,
  preview: z.boolean().optional(),
  allowDuplicate: z.boolean().optional(),
  confirm: z.string().optional(),
});
export type WriteOptions = z.output<typeof WriteOptions>;

/** A tool as the wrapper sees it: schemas made once, use cases that parse for themselves. */
export type Tool = Whole &
  Omit<Face<z.ZodObject, z.ZodObject>, 'feature' | 'text'> &
  Authority & {
    /** Its name among the tools of every role. */
    readonly key: string;
    /** The same tool as crew have it; null where it is not for them. */
    readonly crew: Tool | null;
    readonly inputJson: JsonSchema;
    readonly outputJson: JsonSchema;
    featureOf(input: unknown): Feature | null;
    /** The answer in words. */
    say(structured: Record<string, unknown>): readonly Block[];
    /** A read gives back what is left to do once its scope is closed. */
    run:
      | {
          readonly kind: 'read';
          prepare(input: unknown, effects: Effects): Promise<(scope: ReadContext) => Promise<() => Promise<Answer>>>;
        }
      | {
          readonly kind: 'write';
          /** The arguments of the tool itself, and those that every write takes. */
          split(input: unknown): { readonly own: unknown; readonly options: WriteOptions };
          /** It leaves something outside of the books before its scope, such as bytes. */
          readonly hasEffects: boolean;
          prepare(input: unknown, effects: Effects): Promise<(scope: WriteContext) => Promise<Answer>>;
          adds(input: unknown): boolean;
          knownBy(input: unknown): unknown;
          readonly meansNewest: boolean;
          fromEarlier(structured: Record<string, unknown>): Record<string, unknown>;
          /** Null for a tool whose calls never wait for a yes. */
          waits: ((input: unknown) => boolean) | null;
        };
  };
export type Answer = {
  readonly structured: Record<string, unknown>;
  /** The same in the words of a person, who calls no tools; an answer that is sent again has but those of its day. */
  readonly forPeople?: () => Record<string, unknown>;
  readonly extras: readonly Extra[];
  /** Of a write: what it did, for the history. */
  readonly summary?: Message;
};

type Working<I extends z.ZodObject, O extends z.ZodObject, P, R> =
  | Reading<z.output<I>, z.input<O>, P>
  | Rendering<z.output<I>, z.input<O>, P, R>
  | Writing<z.output<I>, z.input<O>, P>;

/** With the shape of the answer as it was declared, so that an answer is known by the name of its tool. */
type Made<O extends z.ZodObject> = Omit<Tool, 'output'> & { readonly output: O };
type ForCrew<C extends z.ZodObject> = (whole: Whole) => Made<C>;
type Defined<N extends string, O extends z.ZodObject, C extends z.ZodObject> = Omit<Made<O>, 'name' | 'crew'> & {
  readonly name: N;
  readonly crew: Made<C> | null;
};

type ForOffice<C extends z.ZodObject> = {
  /** Crew have it by a declaration of its own. */
  readonly roles: readonly Exclude<Role, 'crew'>[];
  readonly costs: Costs;
  /** The same tool for crew; left out, it is not theirs. */
  readonly crew?: ForCrew<C>;
};

export function defineTool<
  const N extends string,
  I extends z.ZodObject,
  O extends z.ZodObject,
  P = undefined,
  R = undefined,
  C extends z.ZodObject = never,
>(tool: Whole<N> & Face<I, O> & Working<I, O, P, R> & ForOffice<C>): Defined<N, O, C> {
  return { ...made<I, O, P, R>(tool.name, tool), name: tool.name, crew: tool.crew?.(tool) ?? null };
}

/** A tool as crew have it: they take and see less, without money, and the use cases show them what is theirs. */
export function forCrew<I extends z.ZodObject, O extends z.ZodObject, P = undefined, R = undefined>(
  face: Partial<Whole> & Face<I, O> & Working<I, O, P, R>,
): ForCrew<O> {
  return ({ name, title, toolset, needsJobs }) =>
    made<I, O, P, R>(`crew/${name}`, {
      ...{ name, title, toolset, ...(needsJobs === undefined ? {} : { needsJobs }) },
      ...face,
      ...{ roles: CREW, costs: 'none' },
    });
}

/** @param key its name among the tools of every role */
function made<I extends z.ZodObject, O extends z.ZodObject, P, R>(
  key: string,
  tool: Whole & Face<I, O> & Working<I, O, P, R> & Pick<Authority, 'roles' | 'costs'>,
): Made<O> {
  const { feature = null } = tool;
  const parsed = parsedBy<I>;
  const answer = ({ output, extras = [] }: Rendered<z.input<O>>): Answer => {
    const sent: Record<string, unknown> = tool.output.parse(output);
    const { did } = sent;
    const forPeople = () => inWords(sent, forPerson);
    return { structured: inWords(sent, asData), forPeople, extras, ...(isMessage(did) ? { summary: did } : {}) };
  };
  // Without prepare, P is undefined, which is what this then is.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const prepare = async (given: unknown, effects: Effects) => (await tool.prepare?.(parsed(given), effects)) as P;
  const listed = 'reads' in tool ? tool.input : writeInput(tool);
  const input = 'reads' in tool ? listed : listed.extend(UNLISTED);
  let inputJson: JsonSchema | undefined;
  let outputJson: JsonSchema | undefined;
  return {
    ...tool,
    key,
    input,
    crew: null,
    get inputJson() {
      inputJson ??= CONTRACT[key]?.input ?? toJson(listed, 'input');
      return inputJson;
    },
    get outputJson() {
      outputJson ??= CONTRACT[key]?.output ?? toJson(tool.output, 'output');
      return outputJson;
    },
    featureOf: (given) => (typeof feature === 'function' ? feature(parsed(given)) : feature),
    // The wrapper hands back what this tool's own output schema let through.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    say: (structured) => tool.text(structured as Printed<z.output<O>>),
    run: 'reads' in tool ? reading<I, O, P, R>(tool, { prepare, answer }) : writing<I, O, P>(tool, { prepare, answer }),
  };
}

/** The wrapper parsed this value with the tool's very schema. */
function parsedBy<I extends z.ZodObject>(input: unknown): z.output<I> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return input as z.output<I>;
}

/** What both kinds of run are made of. */
type Steps<O extends z.ZodObject, P> = {
  readonly prepare: (given: unknown, effects: Effects) => Promise<P>;
  readonly answer: (rendered: Rendered<z.input<O>>) => Answer;
};

function reading<I extends z.ZodObject, O extends z.ZodObject, P, R>(
  tool: Reading<z.output<I>, z.input<O>, P> | Rendering<z.output<I>, z.input<O>, P, R>,
  { prepare, answer }: Steps<O, P>,
): Extract<Tool['run'], { kind: 'read' }> {
  const parsed = parsedBy<I>;
  return {
    kind: 'read',
    prepare: async (given, effects) => {
      const prepared = await prepare(given, effects);
      return async (scope) => {
        if (tool.render === undefined) {
          const made = answer({ output: await tool.reads(scope, parsed(given), prepared) });
          return async () => made;
        }
        const found = await tool.reads(scope, parsed(given), prepared);
        return async () => answer(await tool.render(found, parsed(given), effects));
      };
    },
  };
}

function writing<I extends z.ZodObject, O extends z.ZodObject, P>(
  tool: Writing<z.output<I>, z.input<O>, P>,
  { prepare, answer }: Steps<O, P>,
): Extract<Tool['run'], { kind: 'write' }> {
  const parsed = parsedBy<I>;
  const { waits } = tool;
  return {
    kind: 'write',
    split: (given) => {
      const options = WriteOptions.parse(given);
      const own = Object.entries(parsed(given)).filter(([name]) => !Object.hasOwn(WriteOptions.shape, name));
      return { own: Object.fromEntries(own), options };
    },
    hasEffects: tool.prepare !== undefined,
    prepare: async (given, effects) => {
      const prepared = await prepare(given, effects);
      return async (scope) => answer({ output: await tool.writes(scope, parsed(given), prepared) });
    },
    adds: (given) => tool.adds?.(parsed(given)) ?? tool.annotations === CREATE,
    knownBy: (given) => tool.knownBy?.(parsed(given)) ?? given,
    meansNewest: tool.meansNewest === true,
    fromEarlier: tool.fromEarlier ?? ((structured) => structured),
    waits: waits === undefined ? null : (given) => waits !== BY_ROWS && waits(parsed(given)),
  };
}

/** A write's own arguments with those that every write takes; repeat and confirm only where they can matter. */
function writeInput(tool: {
  readonly input: z.ZodObject;
  readonly annotations: Hints;
  readonly adds?: unknown;
  readonly waits?: unknown;
}): z.ZodObject {
  return tool.input.extend({
    preview: z.boolean().optional(),
    ...(tool.adds !== undefined || tool.annotations === CREATE ? { allowDuplicate: z.boolean().optional() } : {}),
    ...(tool.waits === undefined ? {} : { confirm: z.string().max(100).optional() }),
  });
}

function toJson(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    reused: io === 'output' ? 'ref' : 'inline',
    unrepresentable: 'any',
    override: compact,
  });
  return io === 'input' ? { ...json, properties: oneTypeEach(json['properties']) } : json;
}

/**
 * Says the same in fewer characters, since a model reads every tool's schema before its first call: limits are left to
 * the parse, which names them when one is exceeded, choices of plain types become one, and a number that may also come
 * as text is listed as a number.
 */
function compact({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  // It is in words when it is sent.
  if (isInWords(zodSchema)) jsonSchema['type'] = 'string';
  merge(jsonSchema);
  delete jsonSchema['minLength'];
  delete jsonSchema['maxLength'];
  delete jsonSchema['minItems'];
  delete jsonSchema['maxItems'];
  delete jsonSchema['format'];
  delete jsonSchema['pattern'];
  delete jsonSchema['maximum'];
  delete jsonSchema['minimum'];
}

/** Choices of plain types become one. */
function merge(jsonSchema: JsonSchema): void {
  const either = jsonSchema['anyOf'];
  if (!Array.isArray(either) || !either.every(isBare)) return;
  const types = either.flatMap((part) => part.type);
  const listed = types.includes('number') ? types.filter((type) => type !== 'string') : types;
  delete jsonSchema['anyOf'];
  Object.assign(jsonSchema, ...either, { type: listed.length === 1 ? listed[0] : listed });
}

/**
 * As every host takes it: Gemini has one type for a value, which may be nullable, some clients drop a choice of types or make
 * a list of it, and one that is refused takes the whole list of tools along. So a number that may be words too is listed as
 * text; the parse takes both.
 */
function oneTypeEach(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(oneTypeEach);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(orNothing(schema)).flatMap(([key, value]): [string, unknown][] =>
      key === 'type' && Array.isArray(value) ? oneType(value) : [[key, oneTypeEach(value)]],
    ),
  );
}

/** An object or null: strict conversions refuse a choice of the two. */
function orNothing(schema: object): object {
  if (!('anyOf' in schema) || !Array.isArray(schema.anyOf)) return schema;
  const either: readonly JsonSchema[] = schema.anyOf;
  const [only, ...others] = either.filter((part) => part['type'] !== 'null');
  if (only?.['type'] !== 'object' || others.length > 0) return schema;
  const { anyOf: _, ...rest } = schema;
  return { ...rest, ...only, nullable: true };
}

function oneType(types: readonly unknown[]): [string, unknown][] {
  const type = types.includes('string') ? 'string' : types.find((each) => each !== 'null');
  return [['type', type], ...(types.includes('null') ? [['nullable', true] satisfies [string, unknown]] : [])];
}

const PLAIN_TYPES = ['string', 'number', 'integer', 'boolean', 'null'];

/** A plain type, which can share one schema with others of different types. */
function isBare(part: unknown): part is { type: string | string[] } {
  if (typeof part !== 'object' || part === null || !('type' in part) || 'enum' in part || 'const' in part) return false;
  return [part.type].flat().every((type) => typeof type === 'string' && PLAIN_TYPES.includes(type));
}
