// What people and models get wrong, planted one fault at a time into a good call of every tool: each is a tool error
// that names the field and shows the right form, and nothing at all is written.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { readKindly } from '../../src/tools/read-kindly.ts';
import { cases } from '../support/arbitrary.ts';
import { goodCallsOf } from '../support/examples.ts';
import { named, placesIn, planted, preparedBook, type Path } from '../support/inputs.ts';
import { callOf } from '../support/junk.ts';
import { openBook, type TypedBook } from '../support/answers.ts';
import { copyOf } from '../support/copied.ts';
import { countRows, rowsOf } from '../support/store.ts';
import { expectHelpful } from '../support/words.ts';

const AMOUNTS = ['amount', 'unitPrice', 'unitCost'];
const NUMBERS = [...AMOUNTS, 'quantity', 'taxRatePercent', 'percent', 'marginPercent', 'thinBelow'];
const DATES = [
  'startsOn',
  'endsOn',
  'completedOn',
  'cancelledOn',
  'spentOn',
  'quotedOn',
  'issuedOn',
  'dueOn',
  'paidOn',
  'from',
  'to',
];
const REFERENCES = {
  job: 'J-99',
  customer: 'C-99',
  quote: 'Q-99',
  document: 'Q-99',
  creditFor: 'INV-9999',
  void: 'P-99',
  invoice: 'INV-9999',
  expense: 'E-99',
  appointment: 'A-99',
  coversLine: 'Q-99/1',
  receipt: 'F-99',
  fromWalkAndTalk: 'W-99',
  corrects: 'W-99',
};
/** Arguments that no good call here gives; what every write takes has tests of its own. */
const EXCLUDED = [
  'cursor',
  'customer',
  'path',
  'file',
  'uploadLink',
  'requestId',
  'preview',
  'allowDuplicate',
  'confirm',
];
/** 1 MB, in each text that a caller may give. */
const MEGABYTE = 'All good. '.repeat(100_000);

/** Change number and row counts of the whole book: equal before and after means that nothing was written. */
async function stateOf(book: TypedBook): Promise<string> {
  // Bytes are kept before it is known whose they are, in a folder or here: those that no record names are swept.
  const { kept_files: _bytes, file_parts: _parts, ...counts } = await countRows(book);
  expect(Object.keys(counts).length).toBeGreaterThan(15);
  const numbers = await rowsOf(book, 'select change_number from accounts');
  return JSON.stringify([numbers, await rowsOf(book, 'select * from counters'), counts]);
}

/** A book on which faults are tried; each is noted instead of ending the test, so that one run shows them all. */
async function trials() {
  const book = await preparedBook();
  const before = await stateOf(book);
  const faults: string[] = [];
  let tried = 0;
  /** Calls the tool, which must refuse in words that name the field and fit `words`. */
  const refuses = async (tool: string, args: unknown, field: string, words: RegExp) => {
    tried += 1;
    const { said, isError, structuredContent } = await called(book, tool, args);
    const wrong = [
      ...(isError ? [] : ['answers']),
      ...(structuredContent === undefined ? [] : ['has a structured answer']),
      ...flaws(said),
      ...(said.split('\n').some((line) => line.startsWith(field === '' ? '' : `${field}: `))
        ? []
        : [`does not name ${field}`]),
      ...(words.test(said) ? [] : [`does not fit ${String(words)}`]),
    ];
    if (wrong.length > 0)
      faults.push(`${tool} ${JSON.stringify(args).slice(0, 400)} ${wrong.join(', ')}: ${said.slice(0, 400)}`);
  };
  /** What went wrong over all of them, if anything: a fault, something written, or too few tries to tell. */
  const verdict = async (least: number) => {
    if ((await stateOf(book)) !== before) faults.unshift('something was written');
    if (tried < least) faults.unshift(`only ${tried} tries`);
    return faults.slice(0, 12).join('\n\n');
  };
  return { book, refuses, verdict, faults };
}

async function called(book: TypedBook, tool: string, args: unknown) {
  const { content, isError = false, structuredContent } = await book.callWithYes(tool, args as object);
  return { said: content.map((part) => part.text).join('\n'), isError, structuredContent };
}

function flaws(said: string): string[] {
  try {
    expectHelpful(said);
    return [];
  } catch (fault) {
    return [fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : String(fault)];
  }
}

/** Whether nothing given there is as if it were left out. */
function isLeftOut(input: z.ZodType, good: object, path: Path): boolean {
  return input.safeParse(planted(good, path, undefined)).success;
}

const CALLS = TOOLS.flatMap(({ name }) => goodCallsOf(name).map((good) => [name, good] as const));
const EVERY = CALLS.map(([name, good]) => {
  const places = [...placesIn(good)];
  const at = (wanted: readonly string[]) => places.filter(({ path }) => wanted.includes(String(path.at(-1))));
  const input = TOOLS.find((tool) => tool.name === name)?.input;
  if (input === undefined) throw new Error(`there is no tool ${name}`);
  return { name, input, good, places, at };
});

test('the good calls are good, and together name every argument there is', async () => {
  const prepared = await preparedBook();
  for (const { name, input } of TOOLS) {
    const given = new Set<string>();
    for (const { good } of EVERY.filter((each) => each.name === name)) {
      const { said, isError } = await called(await copyOf(prepared), name, good);
      expect(isError, `${name}: ${said}`).toBe(false);
      for (const argument of Object.keys(good)) given.add(argument);
    }
    const left = Object.keys(input.shape).filter((argument) => !given.has(argument) && !EXCLUDED.includes(argument));
    expect(left, name).toEqual([]);
  }
});

test('an argument that is not one is named, and those that are are listed', async () => {
  const { refuses, verdict } = await trials();
  for (const { name, good, places } of EVERY) {
    for (const { path, value } of [{ path: [] as Path, value: good as unknown }, ...places]) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      const known = Object.keys(value).map((key) => `(?=[^]*${key})`);
      await refuses(
        name,
        planted(good, [...path, 'frobnicate'], 1),
        named(path),
        new RegExp(`${known.join('')}[^]*unknown argument "frobnicate"`),
      );
    }
  }
  expect(await verdict(30)).toBe('');
});

test('records that do not exist', async () => {
  const { refuses, verdict } = await trials();
  for (const { name, good, at } of EVERY) {
    for (const { path } of at(Object.keys(REFERENCES))) {
      const missing = REFERENCES[String(path.at(-1)) as keyof typeof REFERENCES];
      const next = /Give its number, like|get-quote shows|numbered like/;
      await refuses(name, planted(good, path, missing), named(path), new RegExp(`"${missing}"[^]*(${next.source})`));
      await refuses(name, planted(good, path, 'the moon base'), named(path), next);
    }
  }
  expect(await verdict(20)).toBe('');
});

test('a job that could be two', async () => {
  const { refuses, verdict } = await trials();
  const both =
    /J-3 Gutters back, Dana Henderson, open\n- J-2 Gutters front, Dana Henderson, open\nSay which by its number\./;
  for (const { name, good, at } of EVERY) {
    for (const { path } of at(['job'])) await refuses(name, planted(good, path, 'gutters'), named(path), both);
  }
  expect(await verdict(8)).toBe('');
});

test('amounts and numbers that are not plain', async () => {
  const { refuses, verdict } = await trials();
  const wrong = [
    '4,200',
    '1e9',
    1e30,
    -1e30,
    1e21,
    1e-7,
    5e-324,
    '$4.2k',
    '',
    ' ',
    '٤٢',
    '0x10',
    '1_000',
    'NaN',
    '--5',
    '5.',
    '.5',
    '1'.repeat(40),
  ];
  for (const { name, good, at, input } of EVERY) {
    for (const { path } of at(NUMBERS)) {
      const isAmount = AMOUNTS.includes(String(path.at(-1)));
      const form = isAmount ? /like 4200 or "4200\.50"|like 420 or "420\.50"|The limit is/ : /like \d|The limit is/;
      const tooFine = isAmount ? [420.005, '420.005', '420.001'] : [0.000_01, '0.00001'];
      for (const value of [...wrong, ...tooFine]) {
        if (value === '' && isLeftOut(input, good, path)) continue;
        await refuses(name, planted(good, path, value), named(path), form);
      }
    }
    for (const { path } of at(['amount'])) {
      for (const value of [-50, '-50', 0, '0.00', -0]) {
        await refuses(name, planted(good, path, value), named(path), /must be above 0.*like 4200 or "4200\.50"/);
      }
    }
    for (const { path } of at(['unitPrice', 'unitCost'])) {
      const twice = planted(planted(good, path, -50), [...path.slice(0, -1), 'quantity'], -1);
      // A negative quantity turns the other amount of the line only where that is negative too.
      await refuses(name, twice, named(path), /Make one of them positive/);
    }
  }
  expect(await verdict(300)).toBe('');
});

test('dates that are not on the calendar', async () => {
  const { refuses, verdict } = await trials();
  const wrong = [
    '2026-02-30',
    'tomorrow',
    '03/10/2026',
    '2026-3-1',
    '',
    '2026-13-01',
    '0000-00-00',
    '9999-12-31',
    '2026-03-10T00:00',
    20_260_310,
    true,
    {},
    [],
  ];
  for (const { name, good, at, input } of EVERY) {
    for (const { path } of at(DATES)) {
      for (const value of wrong.filter((each) => each !== '' || !isLeftOut(input, good, path)))
        await refuses(
          name,
          planted(good, path, value),
          named(path),
          /like 2026-03-31|Check the year|YYYY-MM-DD|must be text/,
        );
    }
  }
  expect(await verdict(100)).toBe('');
});

test('far too much: 10,000 entries in a list, a megabyte in a text', async () => {
  const { refuses, verdict } = await trials();
  for (const { name, good, places } of EVERY) {
    for (const { path, value } of places) {
      if (typeof value === 'string')
        await refuses(
          name,
          planted(good, path, MEGABYTE),
          named(path),
          /is too long|not one of the choices|not a|must be/,
        );
      if (!Array.isArray(value)) continue;
      for (const entry of [value[0] as unknown, {}]) {
        const many = Array.from({ length: 10_000 }, () => entry);
        await refuses(name, planted(good, path, many), named(path), /at most \d+ entries; this has 10000/);
      }
    }
  }
  expect(await verdict(100)).toBe('');
});

test('nothing where something is needed: empty text, spaces, invisible characters', async () => {
  const { refuses, verdict } = await trials();
  for (const { name, good, places, input } of EVERY) {
    for (const { path, value } of places) {
      if (typeof value !== 'string' || DATES.includes(String(path.at(-1)))) continue;
      for (const empty of [...(isLeftOut(input, good, path) ? [] : ['']), '   ', '\u200B\u200E', '\n\t'])
        await refuses(name, planted(good, path, empty), named(path), /./);
    }
  }
  expect(await verdict(200)).toBe('');
});

test('null where it clears nothing, and every wrong type', async () => {
  const { book, refuses, verdict, faults } = await trials();
  for (const { name, good, places, input } of EVERY) {
    for (const { path, value } of places) {
      for (const wrong of [null, true, 12, {}, [], { a: 1 }, [[]], 'x'.repeat(12_000)]) {
        const call = planted(good, path, wrong);
        if (input.safeParse(readKindly(input, call)).success) continue;
        // An object or a list where one belongs is wrong further in: that place is named.
        const isFurtherIn = typeof value === 'object' && typeof wrong === 'object';
        if (!isFurtherIn) await refuses(name, call, named(path), /must |is missing|not one of|is not|is too/);
        else if (!(await called(book, name, call)).said.startsWith(String(path[0])))
          faults.push(`${name} ${JSON.stringify(call)} does not name ${String(path[0])}`);
      }
    }
    for (const wrong of [[], 'x', 12, true, [[]]]) await refuses(name, wrong, '', /must be an object/);
  }
  expect(await verdict(500)).toBe('');
});

test('deep and poisoned objects', async () => {
  const { refuses, verdict } = await trials();
  let deep: unknown = 'bottom';
  for (let depth = 0; depth < 2000; depth += 1) deep = depth % 2 === 0 ? [deep] : { deep };
  const poisoned = JSON.parse('{"__proto__":{"isError":false},"constructor":{"prototype":{}},"toString":1}') as object;
  for (const { name, good, places } of EVERY) {
    for (const { path } of places.slice(0, 40)) {
      for (const junk of [deep, poisoned])
        await refuses(name, planted(good, path, junk), '', new RegExp(String(path[0])));
    }
    await refuses(name, { ...good, junk: deep }, '', /unknown argument "junk"/);
    await refuses(
      name,
      Object.assign(JSON.parse('{"__proto__":{"a":1},"constructor":1}') as object, good),
      '',
      /unknown argument/,
    );
  }
  expect(await verdict(200)).toBe('');
});

test('junk made from the schema of each tool is answered or refused in words, and never breaks anything', async () => {
  const seed = 20_260_722;
  const junkBook = await openBook({ samples: true });
  let refused = 0;
  let answered = 0;
  for (const tool of TOOLS) {
    const calls = callOf(z.toJSONSchema(tool.input, { io: 'input' }));
    await fc.assert(
      fc.asyncProperty(calls, async (args) => {
        const { said, isError, structuredContent } = await called(junkBook, tool.name, args);
        if (isError) refused += 1;
        else answered += 1;
        const wrong = isError
          ? flaws(said)
          : [...(tool.output.safeParse(structuredContent).success ? [] : ['is not as listed'])];
        expect([...wrong, ...(said.trim() === '' ? ['says nothing'] : [])], `${JSON.stringify(args)}: ${said}`).toEqual(
          [],
        );
      }),
      { numRuns: cases(60), seed },
    );
  }
  expect((await junkBook.store.read(1, auditBooks)).faults).toEqual([]);
  expect(answered).toBeGreaterThan(cases(50));
  expect(refused).toBeGreaterThan(cases(300));
}, 240_000);
