// The commands of the built program, as they are typed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { TEMPLATE_NAMES } from '../../src/domain/templates.ts';
import { BIN, environment, home, legacy, run } from '../support/program.ts';
import { behind, plant, valueOf } from '../support/store.ts';

describe('call', () => {
  test('prints the answer in words, or with --json the structured one', async () => {
    const folder = home();
    const words = await run(folder, ['call', 'get-job', '{"job":"roof replacement"}']);
    expect(words).toMatchObject({ code: 0, err: '' });
    expect(words.out).toContain('Profit 7787.60 USD, margin 42.3 %');
    const json = await run(folder, ['call', 'get-job', '{"job":"roof replacement"}', '--json']);
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({
      job: { name: 'Roof replacement', profit: { profit: '7787.60', marginPercent: 42.3 } },
    });
    expect((await run(folder, ['call', 'list-jobs'])).out).toContain('All 6 jobs, samples included');
  });

  test('a refusal goes to stderr with code 1', async () => {
    const folder = home();
    for (const [args, words] of [
      [['get-job', '{"job":"swimming pool"}'], 'job: no job matches "swimming pool"'],
      [['get-job', '{}'], 'job: is missing'],
      [['get-job', '[]'], 'must be an object'],
      [['delete-everything'], 'There is no tool "delete-everything". The tools are: list-jobs'],
    ] as const) {
      const ended = await run(folder, ['call', ...args]);
      expect(ended).toMatchObject({ code: 1, out: '' });
      expect(ended.err).toContain(words);
    }
  });

  test.each([
    [['call', 'get-job', '{job:1}'], 'the arguments are not JSON: {job:1}'],
    [['call'], 'call takes a tool and its arguments as JSON'],
    [['call', 'get-job', '{}', '{}'], 'call takes a tool and its arguments as JSON'],
    [
      ['dance'],
      'there is no command "dance". The commands are: stdio, http, accounts, people, tokens, confirm, call, sample, doctor',
    ],
    [['help', 'dance'], 'there is no command "dance". The commands are: stdio, http'],
    [['call', 'list-jobs', '--frob'], "Unknown option '--frob'"],
    [['stdio', 'extra'], 'stdio takes options alone, not "extra". jobwright stdio --help says which.'],
    [['http', 'extra'], 'http takes options alone, not "extra"'],
    [['doctor', 'extra'], 'doctor takes options alone, not "extra"'],
    [['stdio', '--plan', 'gold'], '--plan "gold" is not one of: free, pro, business, team'],
    [['stdio', '--toolsets', 'jobs,cars'], '--toolsets "cars" is not among: jobs, customers'],
    [['stdio', '--data'], "'--data"],
  ])('%o is not understood: code 2, in words, and nothing is made', async (argv, words) => {
    const folder = home();
    const ended = await run(folder, argv);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(words);
    expect(ended.err).toMatch(/^jobwright: /);
    expect(ended.err).not.toMatch(/\n\s+at /);
    expect(existsSync(join(folder, 'book'))).toBe(false);
  });

  test.each([
    [['--template', 'bakery'], '--template "bakery" is not one of: roofing, hvac'],
    [['--currency', 'dollars'], '--currency "dollars" is not an ISO 4217 code'],
    [['--time-zone', 'Chicago'], '--time-zone "Chicago" is not an IANA name, like America/Chicago'],
  ])('%o makes no book that way: code 2, and the next start is the first', async (argv, words) => {
    const folder = home();
    const ended = await run(folder, ['call', 'list-jobs', ...argv]);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(words);
    expect((await run(folder, ['call', 'get-account', '--template', 'hvac'])).out).toContain('Template hvac, USD');
  });
});

test('--help and no command tell what there is, --version which one it is', async () => {
  const folder = home();
  for (const argv of [['--help'], ['-h'], [], ['help']]) {
    const ended = await run(folder, argv);
    expect(ended).toMatchObject({ code: 0, err: '' });
    for (const word of [
      'stdio',
      'call TOOL',
      'sample',
      'doctor',
      '--data DIR',
      '--time-zone',
      'JOBWRIGHT_TIME_ZONE',
      ...TEMPLATE_NAMES,
    ]) {
      expect(ended.out).toContain(word);
    }
    expect(Math.max(...ended.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  }
  // Each has its own: what it takes, and what it needs.
  for (const name of ['stdio', 'http', 'accounts', 'people', 'tokens', 'call', 'sample', 'doctor']) {
    const ended = await run(folder, [name, '--help']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(new RegExp(`^Usage: jobwright ${name}`));
    expect(await run(folder, ['help', name])).toEqual(ended);
  }
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(await run(folder, ['--version'])).toEqual({ code: 0, out: `jobwright ${version}\n`, err: '' });
});

describe('sample', () => {
  test('prints the strip of the roof, asked over MCP, and leaves nothing behind', async () => {
    const folder = home();
    const ended = await run(folder, ['sample']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('Profit 7787.60 USD, margin 42.3 %');
    expect(ended.out).toContain('= billed 18400.00 − cost of work 9650.00 − expenses 962.40');
    expect(existsSync(join(folder, 'book'))).toBe(false);
  });

  test.each(['plumbing', 'sales-pipeline'])('--template %s', async (template) => {
    const ended = await run(home(), ['sample', '--template', template]);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain(template === 'sales-pipeline' ? 'quotes (USD)' : 'profit ');
  });

  test('of a template that there is not is refused before anything is started', async () => {
    const { code, err } = await run(home(), ['sample', '--template', 'nosuch']);
    expect([code, err.startsWith('jobwright: --template "nosuch" is not one of: roofing, ')]).toEqual([2, true]);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

describe('doctor', () => {
  test('says where there is no book, and makes none', async () => {
    const folder = home();
    const ended = await run(folder, ['doctor']);
    expect([ended.code, ended.err]).toEqual([
      1,
      `jobwright: There is no book in ${join(folder, 'book')}. --data says where it is.\n`,
    ]);
    expect(existsSync(join(folder, 'book'))).toBe(false);
  });

  test('a sound book is well, code 0, and is not changed by looking', async () => {
    const folder = home();
    await run(folder, ['call', 'list-jobs']);
    const changes = async () => await valueOf({ folder: join(folder, 'book') }, 'select change_number from accounts');
    const before = await changes();
    const ended = await run(folder, ['doctor']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(
      /Account 1 My business: looked at 6 jobs, \d+ papers, 6 balances, 0 issued invoices besides samples, .*\.\nLooked at the file itself\.\nAll is well\.\n$/,
    );
    expect(await changes()).toBe(before);
  });

  test.each([
    [
      'a strip',
      `update job_figures set profit = profit + 1 where job_id = -4`,
      /J-S4: the stored strip is not what its records come to \(profit 778761, should be 778760\)/,
    ],
    [
      'a total',
      `update account_totals set billed = billed + 1`,
      /the account's totals for .* are not the sum of its jobs/,
    ],
    [
      'an amount in the books',
      `update expenses set amount = amount + 100 where id = -4`,
      /J-S4: the stored strip[\s\S]*expenses .* is not as the change journal last saw it/,
    ],
    [
      'a paper',
      `update invoices set total = total + 1 where id = -1`,
      /(INV|DRAFT)-S1: subtotal, tax or total is not what its lines/,
    ],
    ['a word', `delete from words where word = 'replacement'`, /J-S4 cannot be found by replacement/],
    [
      'a time zone',
      `update accounts set time_zone = 'America/Nowhere'`,
      /- accounts \{\} is not as the change journal/,
    ],
    [
      'an earlier value',
      `update change_images set after = '{"id' where position = 0`,
      /- change \d+: what it recorded/,
    ],
    ['a change', `delete from changes where change_number = 1`, /the change journal holds 0 changes/],
    ['a customer', `delete from customers where id = -5`, /: a row refers to customers that are not there/],
  ])('%s that was tampered with is found, code 1', async (_, sql, words) => {
    const folder = home();
    await run(folder, ['call', 'list-jobs']);
    // Somebody with the file in hand first takes the journal's guards away.
    await plant({ folder: join(folder, 'book') }, sql);
    const ended = await run(folder, ['doctor']);
    expect(ended.code, ended.out).toBe(1);
    expect(ended.out).toMatch(words);
    expect(ended.out).toMatch(/things? (is|are) wrong\.\n$/);
  });
});

test.each([[['--version']], [['help']], [['accounts']], [['doctor']], [['call', 'list-jobs']]])(
  '%s into a reader that has enough ends without a word, as what it did',
  async (argv) => {
    const folder = home();
    expect(await run(folder, ['call', 'list-jobs'])).toMatchObject({ code: 0 });
    const child = spawn(process.execPath, [BIN, ...argv], { env: environment(folder) });
    child.stdout.destroy();
    const said = text(child.stderr);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(await said).toBe('');
  },
);

test('a full disk behind stdout is said in words', () => {
  const folder = home();
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [BIN, 'help'], {
    ...{ env: environment(folder), stdio: ['ignore', full, 'pipe'], encoding: 'utf8' },
  });
  closeSync(full);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^jobwright: what it prints could not be written: ENOSPC.*\n$/);
});

describe('options', () => {
  test('--read-only lists what changes nothing and refuses the rest', async () => {
    const folder = home();
    const desk = await legacy(folder, { argv: ['--read-only'] });
    const names = (await desk.tools()).map((tool) => tool.name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.every((name) => /^(list|get)-|^(search|fetch)$|-report$/.test(name))).toBe(true);
    const { text, isError } = await desk.call('create-customer', { name: 'Marcus' });
    expect(isError).toBe(true);
    expect(text).toContain('create-customer is switched off here: this server runs with --read-only');
  });

  test('--save keeps the file that comes with an answer, under its own name and nowhere else', async () => {
    const folder = home();
    const pdf = ['call', 'get-document', '{"document":"INV-S1","format":"pdf"}'];
    expect((await run(folder, pdf)).err).toMatch(/^With the answer comes [\w -]+\.pdf; --save DIR puts it there\.\n$/);
    const saved = await run(folder, [...pdf, '--save', join(folder, 'out')]);
    const [, path = ''] = /^Saved (.+\.pdf)\n$/.exec(saved.err) ?? [];
    expect(dirname(path)).toBe(join(folder, 'out'));
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('--toolsets narrows both', async () => {
    const desk = await legacy(home(), { argv: ['--toolsets', 'jobs,account'] });
    const names = (await desk.tools()).map((tool) => tool.name);
    expect(names).toContain('get-job');
    expect(names).toContain('get-account');
    expect(names.filter((name) => !/job|account|expenses/.test(name))).toEqual(['search', 'fetch']);
    expect((await desk.call('list-quotes')).text).toContain('this server runs with --toolsets jobs,account');
  });

  test('--plan free: starting a job names the plan and its price, profit is hidden with the reason', async () => {
    const folder = home();
    const refused = await run(folder, ['call', 'create-job', '{"customer":"C-S1","name":"Porch"}', '--plan', 'free']);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/needs the Pro plan \(\$19 a month\)/);
    const { out } = await run(folder, ['call', 'get-job', '{"job":"roof replacement"}', '--json']);
    expect(JSON.parse(out)).toMatchObject({ job: { profit: null, profitHidden: 'plan' } });
    // The plan stays until told otherwise.
    const paid = await run(folder, ['call', 'get-job', '{"job":"roof replacement"}', '--json', '--plan', 'pro']);
    expect(JSON.parse(paid.out)).toMatchObject({ job: { profit: { profit: '7787.60' } } });
  });

  test('--template sales-pipeline has no job tools', async () => {
    const desk = await legacy(home(), { argv: ['--template', 'sales-pipeline'] });
    const tools = await desk.tools();
    expect(tools.map((tool) => tool.name).filter((name) => name.includes('job'))).toEqual([]);
    for (const { inputSchema } of tools) expect(JSON.stringify(Object.keys(inputSchema))).not.toContain('"job"');
    expect((await desk.ask('list-quotes')).count).toBeGreaterThan(3);
    expect((await desk.call('get-job', { job: 'x' })).text).toContain('there are no jobs');
    expect(desk.instructions()).toContain('Every customer is one deal; there are no jobs.');
  });

  test('every option is an environment variable too, and the option wins', async () => {
    const folder = home();
    const env = {
      JOBWRIGHT_TEMPLATE: 'plumbing',
      JOBWRIGHT_CURRENCY: 'gbp',
      JOBWRIGHT_NO_SAMPLES: '1',
      JOBWRIGHT_TIME_ZONE: 'Europe/London',
      JOBWRIGHT_JSON: 'true',
    };
    const { out } = await run(folder, ['call', 'get-account'], env);
    expect(JSON.parse(out)).toMatchObject({
      account: { template: 'plumbing', currency: 'GBP', timeZone: 'Europe/London', samples: { jobs: 0 } },
    });
    expect(
      (await run(folder, ['call', 'create-customer', '{"name":"x"}'], { JOBWRIGHT_READ_ONLY: '1' })).err,
    ).toContain('--read-only');
    expect((await run(folder, ['call', 'list-jobs'], { JOBWRIGHT_TOOLSETS: 'quotes' })).err).toContain(
      '--toolsets quotes',
    );
    expect((await run(folder, ['call', 'list-quotes'], { JOBWRIGHT_READ_ONLY: 'maybe' })).err).toContain(
      'JOBWRIGHT_READ_ONLY is "maybe"; write 1 or 0',
    );
    const other = await run(
      folder,
      ['call', 'get-account', '--template', 'hvac', '--data', join(folder, 'other')],
      env,
    );
    expect(JSON.parse(other.out)).toMatchObject({ account: { template: 'hvac' } });
  });

  test("the book is its owner's alone: folder 0700, files 0600", async () => {
    const folder = home();
    const desk = await legacy(folder);
    await desk.ask('create-customer', { name: 'Marcus Oyelaran' });
    const mode = (path: string) => (statSync(join(folder, 'book', path)).mode & 0o777).toString(8);
    expect(mode('.')).toBe('700');
    for (const file of ['jobwright.db', 'jobwright.db-wal', 'jobwright.db-shm']) expect(mode(file), file).toBe('600');
  });

  test('without --data the book is where the platform keeps data', async () => {
    const folder = home();
    const data = join(folder, 'xdg');
    await run(folder, ['call', 'list-jobs'], { JOBWRIGHT_DATA: '', XDG_DATA_HOME: data });
    expect(statSync(join(data, 'jobwright', 'jobwright.db')).isFile()).toBe(true);
  });
});

test('a book from a newer Jobwright is left alone, in words', async () => {
  const folder = home();
  await run(folder, ['call', 'list-jobs']);
  const book = { folder: join(folder, 'book') };
  await plant(book, `insert into migrations (name, applied_at) values ('9999-future', '2030-01-01')`);
  const ended = await run(folder, ['call', 'list-jobs']);
  expect(ended.code).toBe(1);
  expect(ended.err).toContain('This book was written by a newer Jobwright (it has 9999-future). Update Jobwright');
  expect(ended.err).not.toMatch(/\n\s+at /);
});

test.each([
  ['a file', (folder: string) => join(folder, 'file'), 'is a file, not a folder'],
  ['below a file', (folder: string) => join(folder, 'file', 'x'), 'lies below a file'],
  ['where there is place for none', () => '/proc/nope/deeper', 'cannot be made'],
])('a data folder that is %s is named in one line, code 2', async (_, place, words) => {
  const folder = home();
  writeFileSync(join(folder, 'file'), '');
  for (const command of [['call', 'list-jobs'], ['stdio'], ['http', '--no-auth'], ['accounts']]) {
    const ended = await run(folder, [...command, '--data', place(folder)]);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(/^jobwright: the data folder .* --data DIR names another, like --data ~\/jobwright\.\n$/);
    expect(ended.err).toContain(words);
  }
});

test('the folders above a new book are made too, for its owner alone', async () => {
  const folder = home();
  const deep = join(folder, 'a', 'b', 'book');
  expect(await run(folder, ['call', 'list-jobs', '--data', deep])).toMatchObject({ code: 0, err: '' });
  for (const each of [deep, dirname(deep), join(folder, 'a')]) expect(statSync(each).mode & 0o777).toBe(0o700);
});

test('a fault of its own shows what there is to report', async () => {
  const folder = home();
  await run(folder, ['call', 'list-jobs']);
  await behind({ folder: join(folder, 'book') }, async (raw) => {
    await raw.unguard();
    await raw.run('drop table members');
  });
  const ended = await run(folder, ['accounts']);
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended.err).toMatch(
    /^jobwright: this is a fault of Jobwright itself\. Please report it with the lines below\.\n/,
  );
  expect(ended.err).toMatch(/no such table: members[^]*\n\s+at /);
});

test('a file that is no book is left alone, in words', async () => {
  const folder = home();
  mkdirSync(join(folder, 'book'));
  const file = join(folder, 'book', 'jobwright.db');
  writeFileSync(file, 'Dear diary, '.repeat(500));
  const ended = await run(folder, ['call', 'list-jobs']);
  expect(ended).toMatchObject({ code: 1, out: '' });
  expect(ended.err).toContain('The book file is damaged');
  expect(readFileSync(file, 'utf8')).toBe('Dear diary, '.repeat(500));
});

describe('what was compiled for the next start', () => {
  test('is kept in a folder of the user alone', async () => {
    const folder = home();
    await run(folder, ['--version']);
    const cache = join(folder, 'home', '.cache', 'jobwright');
    expect([statSync(cache).mode & 0o777, readdirSync(cache).length > 0]).toEqual([0o700, true]);
  });

  test('is not taken from one that others may write to', async () => {
    const folder = home();
    const cache = join(folder, 'home', '.cache', 'jobwright');
    mkdirSync(cache, { recursive: true });
    chmodSync(cache, 0o777);
    expect((await run(folder, ['--version'])).code).toBe(0);
    expect(readdirSync(cache)).toEqual([]);
  });
});
