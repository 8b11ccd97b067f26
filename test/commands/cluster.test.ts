// What spreads the tables over a cluster is whole: of every table of the schema it says where that stands.
import { expect, it, onTestFinished, vi } from 'vitest';
import { main } from '../../src/main.ts';
import { openBook } from '../support/book.ts';
import { behind } from '../support/store.ts';

async function printed(...argv: string[]): Promise<{ readonly code: number; readonly out: string }> {
  const said: string[] = [];
  const say = (text: unknown) => said.push(String(text)) > 0;
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation(say);
    onTestFinished(() => spy.mockRestore());
  }
  const code = await main(argv, {});
  vi.restoreAllMocks();
  return { code, out: said.join('') };
}

it('says of every table of the schema where it stands, after those that it refers to', async () => {
  const { code, out } = await printed('cluster', 'citus');
  const spread = [...out.matchAll(/create_distributed_table\('(\w+)', 'account_id', colocate_with => '\w+'\)/g)];
  const everywhere = [...out.matchAll(/create_reference_table\('(\w+)'\)/g)];
  const local = (/Left where they are, on the coordinator: ([\w, ]+)\./.exec(out)?.[1] ?? '').split(', ');
  const named = [...spread, ...everywhere].map(([, table = '']) => table);
  expect(code).toBe(0);
  await behind(await openBook(), async ({ tables, columns, references }) => {
    const all = [...(await tables()), 'write_ids'].filter((table) => !table.startsWith('sqlite_')).toSorted();
    expect([...new Set([...named, ...local])].toSorted()).toEqual([...new Set(all)]);
    expect(named.length + local.length).toBe(new Set(all).size);
    const [first, ...others] = spread;
    expect(first?.[1]).toBe('accounts');
    expect(others.every(([line]) => line.endsWith("colocate_with => 'accounts')"))).toBe(true);
    for (const [at, [, table = '']] of spread.entries()) {
      expect((await columns(table)).map(({ name }) => name)).toContain('account_id');
      const before = spread.slice(0, at + 1).map(([, name]) => name);
      for (const { to } of await references(table)) expect(before, `${table} refers to ${to}`).toContain(to);
    }
  });
});

it.each([['cluster'], ['cluster', 'cockroach'], ['cluster', 'citus', 'now']])(
  '%s is told how it is written',
  async (...argv) => {
    expect(await printed(...argv)).toEqual({ code: 2, out: expect.stringContaining('write jobwright cluster citus') });
  },
);
