// The declarations, held to themselves: each is listed, and what they name is there.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { appointment } from '../../src/kinds/appointment.ts';
import { KINDS } from '../../src/kinds/index.ts';
import { LINE } from '../../src/kinds/kind.ts';
import { TABLES } from '../../src/kinds/tables.ts';

test('every declaration in the folder is in the list', () => {
  const declared = globSync('src/kinds/*.ts').filter((path) =>
    readFileSync(path, 'utf8').includes('as const satisfies KindDeclaration'),
  );
  expect(declared.length).toBeGreaterThan(5);
  expect(declared).toHaveLength(KINDS.length);
});

test('no two kinds share a name, a number, a table or an address', () => {
  const unique = (of: readonly string[]) => expect(new Set(of).size, of.join(' ')).toBe(of.length);
  unique(KINDS.map(({ kind }) => kind));
  unique(KINDS.flatMap(({ numbers }) => numbers.map(({ prefix }) => prefix)));
  unique(KINDS.map(({ place }) => place));
  unique(KINDS.map(({ resource }) => resource.name));
  unique(KINDS.flatMap(({ found }) => (found === null ? [] : [String(found.rank)])));
  unique(TABLES.map(({ name }) => name));
});

test('every column that a declaration speaks of is one of its own', () => {
  for (const { kind, columns, under, found, tellsCost } of KINDS) {
    const spoken = [
      ...under.map((each) => `${each}_id`),
      ...(found === null ? [] : [...found.by, ...(found.alone?.by ?? []), 'is_sample']),
      ...tellsCost.map(({ column }) => column),
    ];
    expect(Object.keys(columns), kind).toEqual(expect.arrayContaining(spoken));
  }
  for (const { name, key, of, columns } of TABLES) {
    expect(Object.keys(columns), name).toEqual(expect.arrayContaining([...key, ...(of === null ? [] : [of])]));
    const named = Object.values(columns).flatMap(({ to }) => to ?? []);
    expect([LINE, ...KINDS.map(({ kind }) => kind)], name).toEqual(expect.arrayContaining(named));
  }
});

test('an appointment whose moment is none any more is told as it stands', () => {
  const row = { title: 'Visit', starts_at: '2026-03-10', ends_at: '2026-03-10T15:00:00.000Z', status: 'scheduled' };
  const said = appointment.describe({ row, customer: 'Dana', job: null, zone: 'America/Denver' });
  expect(said).toContain('2026-03-10 – 2026-03-10T15:00:00.000Z');
});
