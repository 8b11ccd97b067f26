// A program of its own that looks at what power cuts left, one folder after another: a line of JSON in, a line out.
// It runs the program's own commands within itself, since starting each would take ten times as long.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { main } from '../../../src/main.ts';
import type { Findings, Question } from '../examiner.ts';
import { filesUnder } from '../shim.ts';

const say = process.stdout.write.bind(process.stdout);

/** Runs a command in this process: its exit code, and all it said. */
async function command(...argv: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const hear = (text: string | Uint8Array) => {
    said += String(text);
    return true;
  };
  process.stdout.write = hear;
  process.stderr.write = hear;
  try {
    return { code: await main(argv, { JOBWRIGHT_TIME_ZONE: 'America/Chicago', JOBWRIGHT_LOG_LEVEL: 'error' }), said };
  } catch (error) {
    return { code: -1, said: `${said}${String(error)}` };
  } finally {
    process.stdout.write = say;
  }
}

function lostChanges(data: string, changes: readonly number[]): string[] {
  const raw = new Sqlite(join(data, 'jobwright.db'), { readonly: true, fileMustExist: true });
  try {
    const there = new Set(raw.prepare<[], number>('select change_number from changes').pluck().all());
    return changes.filter((change) => !there.has(change)).map((change) => `acknowledged change ${change} is lost`);
  } finally {
    raw.close();
  }
}

function lostFiles(data: string, hashes: readonly string[]): string[] {
  const kept = new Set(
    filesUnder(join(data, 'files'))
      .filter((path) => createHash('sha256').update(readFileSync(path)).digest('hex') === basename(path))
      .map((path) => basename(path)),
  );
  return hashes.filter((hash) => !kept.has(hash)).map((hash) => `acknowledged file ${hash.slice(0, 12)}… is lost`);
}

async function lost({ data, changes, files }: Question): Promise<string[]> {
  const doctor = await command('doctor', '--data', data);
  const said = doctor.code === 0 ? [] : [doctor.said];
  try {
    return [...said, ...lostChanges(data, changes), ...lostFiles(data, files)];
  } catch (error) {
    return [...said, String(error)];
  }
}

async function examine(question: Question): Promise<Findings> {
  const faults = question.early ? [] : await lost(question);
  if (!question.writes) return { faults };
  const argv = ['call', 'create-customer', '{"name":"After the cut"}', '--no-samples', '--data', question.data];
  const { code, said } = await command(...argv);
  return { faults: code === 0 ? faults : [...faults, said] };
}

for await (const line of createInterface({ input: process.stdin })) {
  say(`${JSON.stringify(await examine(JSON.parse(line) as Question))}\n`);
}
