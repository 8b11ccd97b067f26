// The built program as real clients meet it: the SDK of the old era, the SDK of the new one in each of its modes, and
// the Inspector. Every client checks structured answers against the listed schemas and throws where they do not fit.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, test } from 'vitest';
import { BIN, type Connection, environment, home, legacy, modern, MODERN_MODES, run } from '../support/program.ts';
import { checkStory, tellStory } from '../support/story.ts';

const CLIENTS: [string, (folder: string, starting?: Parameters<typeof legacy>[1]) => Promise<Connection>][] = [
  ['the 1.x SDK', legacy],
  ...MODERN_MODES.map(
    (mode): [string, (folder: string, starting?: Parameters<typeof legacy>[1]) => Promise<Connection>] => [
      `the 2.x SDK, ${typeof mode === 'string' ? mode : `pinned to ${mode.pin}`}`,
      async (folder, starting) => await modern(folder, mode, starting),
    ],
  ),
];

test('Node is one that the program runs on', () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  expect(major > 22 || (major === 22 && minor >= 14)).toBe(true);
});

describe.each(CLIENTS)('%s', (_, connect) => {
  test('asks the question on a first start: the sample roof made 7787.60, 42.3 %', async () => {
    const desk = await connect(home());
    const { job } = await desk.ask('get-job', { job: 'my roof replacement job' });
    expect(job).toMatchObject({
      name: 'Roof replacement',
      sample: true,
      profit: { profit: '7787.60', marginPercent: 42.3 },
    });
    expect((await desk.call('get-job', { job: 'my roof replacement job' })).text).toContain(
      'Profit 7787.60 USD, margin 42.3 %',
    );
  });

  test('sees every tool as it is committed', async () => {
    const desk = await connect(home());
    const tools = await desk.tools();
    expect(tools.length).toBeGreaterThanOrEqual(20);
    for (const tool of tools) {
      const committed: unknown = JSON.parse(
        readFileSync(new URL(`../tools/__snapshots__/${tool.name}.json`, import.meta.url), 'utf8'),
      );
      expect(tool, tool.name).toEqual(committed);
    }
  });

  test('is told whose books these are, in which money, zone and day, and what has no place in them', async () => {
    const desk = await connect(home(), { env: { JOBWRIGHT_CURRENCY: 'eur', JOBWRIGHT_TIME_ZONE: 'Pacific/Auckland' } });
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Auckland' }).format(new Date());
    expect(desk.instructions()).toContain('Currency EUR, time zone Pacific/Auckland');
    expect(desk.instructions()).toContain(`today ${today}`);
    expect(desk.instructions()).toContain('Never store clinical records here');
    expect(desk.instructions().length).toBeLessThan(1500);
  });

  test('tells the whole story, and it comes to what was worked out by hand', async () => {
    const folder = home();
    const desk = await connect(folder, { argv: ['--no-samples'] });
    await tellStory(async (tool, args) => await desk.ask(tool, args));
    await checkStory(async (tool, args) => await desk.ask(tool, args));
    const { activity } = (await desk.ask('get-job', { job: 'J-1' })).job;
    expect(new Set(activity.map((entry) => entry.through))).toEqual(new Set([desk.name]));
    await desk.close();
    expect(await run(folder, ['doctor'])).toMatchObject({ code: 0 });
  });

  test('asks its person before a void, and takes no for an answer', async () => {
    const folder = home();
    const asked: string[] = [];
    const gone = { invoice: 'INV-1001', status: 'void', voidReason: 'Billed twice' } as const;
    const desk = await connect(folder, { argv: ['--no-samples'], person: 'says no', asked });
    await desk.ask('create-customer', { name: 'Dana Henderson' });
    await desk.ask('create-invoice', {
      customer: 'C-1',
      lines: [{ description: 'Tarp', quantity: 1, unitPrice: 480 }],
    });
    expect(await desk.call('update-invoice', gone)).toEqual({
      text: 'Not done, nothing was saved: the person said no.',
      isError: true,
    });
    expect(asked).toEqual(['Once done, the books will say: Voided INV-1001 of Dana Henderson, 480.00 USD. Go ahead?']);
    await desk.close();

    const away = await connect(folder, { person: 'looks away' });
    expect(await away.call('update-invoice', gone)).toEqual({
      text: 'Not done, nothing was saved: the question was closed without an answer. Call again to ask it anew.',
      isError: true,
    });
    expect((await away.ask('get-invoice', { invoice: 'INV-1001' })).invoice.status).toBe('issued');
    await away.close();

    const alone = await connect(folder, { person: 'cannot be asked' });
    const { text, isError } = await alone.call('update-invoice', gone);
    expect([isError, text]).toEqual([true, expect.stringMatching(/^Not done yet.*confirm: "[\w-]+"\.$/s)]);
    await alone.close();

    const willing = await connect(folder, { person: 'says yes' });
    expect((await willing.ask('update-invoice', gone)).invoice).toMatchObject({ status: 'void' });
  });

  test('gets errors of tools as answers in words', async () => {
    const desk = await connect(home());
    for (const [tool, args, words] of [
      ['get-job', { job: 'swimming pool' }, /^job: no job matches "swimming pool"/],
      ['get-job', {}, /^job: is missing\. Give text/],
      ['get-job', { job: 'J-S1', why: true }, /^unknown argument "why"\. Expected: job, explain, section, cursor\./],
      [
        'add-job-expense',
        { job: 'J-S1', description: 'x', amount: '4,200', category: 'other' },
        /^amount: "4,200" is not a plain amount/,
      ],
    ] as const) {
      const { text, isError } = await desk.call(tool, args);
      expect(isError, text).toBe(true);
      expect(text).toMatch(words);
    }
  });

  test('fifty expenses at once over one connection all land', async () => {
    const folder = home();
    const desk = await connect(folder);
    await desk.ask('create-job', { newCustomer: { name: 'Marcus Oyelaran' }, name: 'Porch' });
    const logged = await Promise.all(
      Array.from(
        { length: 50 },
        async (_unused, index) =>
          await desk.ask('add-job-expense', {
            job: 'J-1',
            description: `Receipt ${index}`,
            amount: index + 0.25,
            category: 'materials',
          }),
      ),
    );
    expect(new Set(logged.map((each) => each.expense.ref)).size).toBe(50);
    const { job } = await desk.ask('get-job', { job: 'J-1' });
    expect(job.counts.expenses).toBe(50);
    // 0.25 + 1.25 + … + 49.25
    expect(job.profit?.expenses).toBe('1237.50');
    await desk.close();
    expect((await run(folder, ['doctor'])).code).toBe(0);
  });
});

test('a client of the old era is told when the tools change with the template', async () => {
  const desk = await legacy(home(), { argv: ['--no-samples'] });
  let told = 0;
  desk.client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    told += 1;
  });
  expect((await desk.tools()).map((tool) => tool.name)).toContain('list-jobs');
  await desk.ask('update-account', { template: 'sales-pipeline' });
  await expect.poll(() => told).toBe(1);
  const names = (await desk.tools()).map((tool) => tool.name);
  expect(names).not.toContain('list-jobs');
  expect(names).toContain('list-quotes');
  expect((await desk.call('list-jobs')).text).toContain('there are no jobs');
});

test("two clients on one book, of two eras and two processes, see each other's work", async () => {
  const folder = home();
  const [old, young] = await Promise.all([legacy(folder), modern(folder, { pin: '2026-07-28' })]);
  await old.ask('create-customer', { name: 'Marcus Oyelaran' });
  await young.ask('create-job', { customer: 'Marcus', name: 'Porch' });
  const writes = Array.from({ length: 20 }, async (_, index) => {
    const desk = index % 2 === 0 ? old : young;
    return (
      await desk.ask('create-invoice', {
        job: 'J-1',
        lines: [{ description: `Part ${index}`, quantity: 1, unitPrice: 10 }],
      })
    ).invoice.ref;
  });
  expect((await Promise.all(writes)).sort()).toEqual(Array.from({ length: 20 }, (_, index) => `INV-${1001 + index}`));
  expect((await old.ask('get-job', { job: 'J-1' })).job.profit?.billed).toBe('200.00');
  const { activity } = (await young.ask('get-job', { job: 'J-1', section: 'activity' })).job;
  expect(activity).toHaveLength(21);
  expect(new Set(activity.map((entry) => entry.through))).toEqual(new Set([old.name, young.name]));
});

describe('the Inspector', () => {
  const CLI = fileURLToPath(
    new URL('../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
  );
  const inspect = async (folder: string, ...argv: string[]) => {
    const settings = Object.entries(environment(folder)).flatMap(([name, value]) =>
      name.startsWith('JOBWRIGHT') ? ['-e', `${name}=${value}`] : [],
    );
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [CLI, '--cli', process.execPath, BIN, 'stdio', ...settings, ...argv],
      {
        env: environment(folder),
      },
    );
    return {
      answer: JSON.parse(stdout) as { tools?: { name: string }[]; structuredContent?: unknown; isError?: boolean },
      stderr,
    };
  };

  test('lists the tools, and finds no error in any schema', async () => {
    const { answer, stderr } = await inspect(home(), '--method', 'tools/list', '--strict');
    expect(answer.tools?.map((tool) => tool.name)).toContain('get-job');
    expect(stderr).not.toMatch(/^Error/m);
  });

  test('calls a tool', async () => {
    const { answer } = await inspect(
      home(),
      '--method',
      'tools/call',
      '--tool-name',
      'get-job',
      '--tool-arg',
      'job=roof replacement',
    );
    expect(answer.isError).toBeUndefined();
    expect(answer.structuredContent).toMatchObject({ job: { profit: { profit: '7787.60', marginPercent: 42.3 } } });
  });
});
