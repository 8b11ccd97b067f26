import { resolve } from 'node:path';
import { readIdentities } from '../backup/age.ts';
import {
  makeItsOwn,
  nextInvoices,
  refuseTaken,
  scratchBeside,
  syncTree,
  unpack,
  type Unpacked,
} from '../backup/bring-back.ts';
import {
  checkLastInvoice,
  readLastInvoice,
  readLastInvoices,
  requireLastInvoices,
  type LastInvoice,
} from '../backup/last-invoices.ts';
import type { PlainManifest } from '../backup/manifest.ts';
import type { Scratch } from '../backup/scratch.ts';
import { fingerprintOf } from '../backup/signing.ts';
import { Refusal, type Config } from '../config.ts';
import { Problem } from '../domain/errors.ts';
import { problemInTerminal } from '../printers/terminal.ts';
import { archiveMeant, faultsTold, soundness, stateInWords, stateJson } from './archives.ts';
import { userName } from './person.ts';
import { noteIdentity } from './data-folder.ts';
import { folderFault } from './faults.ts';
import { print } from './operator.ts';
import { sharesOn } from './progress.ts';
import { ask, isAnswering } from './terminal.ts';
import { untilTold } from './until-told.ts';

/** Brings a book back into a new folder. */
export async function restore(config: Config): Promise<number> {
  archiveMeant(config);
  refuseTaken(config.dataFolder);
  try {
    return await untilTold(async (signal) => {
      const scratch = await scratchBeside(config.dataFolder);
      try {
        return await bringBack(config, scratch, signal);
      } finally {
        scratch.remove();
      }
    });
  } catch (error) {
    throw folderFault(error, config.dataFolder);
  }
}

async function bringBack(config: Config, scratch: Scratch, signal: AbortSignal): Promise<number> {
  const unpacked = await unpackedFrom(config, scratch, signal);
  const { accounts, manifest, engine } = unpacked;
  const faults = faultsTold(config, unpacked.faults);
  const state = stateInWords(accounts).join('\n');
  try {
    if (!config.json) process.stdout.write(`${state}\n`);
    const said = await lastInvoices(config, unpacked, signal);
    const identity = await makeItsOwn(unpacked, {
      lastInvoices: new Map([...said].flatMap(([account, last]) => (last === null ? [] : [[account, last]]))),
      isAccessKept: config.archive.keepAccess,
      actor: userName(config),
    });
    const next = await nextInvoices(unpacked);
    await engine.close();
    await noteIdentity({ dataFolder: scratch.folder }, identity);
    await syncTree(scratch.folder);
    signal.throwIfAborted();
    await scratch.moveTo(resolve(config.dataFolder));
    print(
      config,
      {
        ...{ dataFolder: config.dataFolder, book: identity, from: manifest.book, madeAt: manifest.madeAt },
        ...{ accounts: stateJson(accounts), nextInvoices: Object.fromEntries(next), files: manifest.files.length },
        ...{ lost: manifest.lost, faults, fingerprint: fingerprintOf(manifest.publicKey) },
      },
      [
        soundness(manifest, faults),
        ...[...next].map(([account, number]) => `Account ${account}: the next invoice is INV-${number}.`),
        config.archive.keepAccess ? 'Whoever was signed in still is.' : ENDED,
        `The book is in ${config.dataFolder}. It is a book of its own now: its next backup has another key.`,
      ].join('\n'),
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await engine.close();
  }
}

const ENDED = 'Everybody signs in again, and assistants are connected anew: sessions, tokens and links were ended.';

async function unpackedFrom(config: Config, scratch: Scratch, signal: AbortSignal): Promise<Unpacked> {
  const { identity, fingerprint } = config.archive;
  const keys = identity === undefined ? undefined : await readIdentities(identity);
  const found = await unpack(scratch.folder, archiveMeant(config), {
    ...{ keys, fingerprint, signal, isOnlyLook: false, progress: sharesOn() },
    opened: async (manifest) => {
      const said = saidOf(config, manifest);
      // Told before all of it is read, where there is nobody to ask afterwards.
      if (!isAnswering()) requireLastInvoices(said, manifest.accounts);
    },
  });
  if (found !== null) return found;
  throw new Refusal('This archive is encrypted: --identity FILE names the secret key that opens it.');
}

function saidOf({ archive }: Config, { accounts }: Pick<PlainManifest, 'accounts'>): ReadonlyMap<number, LastInvoice> {
  const said = readLastInvoices(
    archive.lastInvoices,
    accounts.map(({ account }) => account),
  );
  for (const { account, lastInvoice } of accounts) checkLastInvoice(said.get(account) ?? null, lastInvoice);
  return said;
}

/** What the command line says, and for the other accounts whoever sits at the terminal. */
async function lastInvoices(
  config: Config,
  { manifest, accounts }: Unpacked,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, LastInvoice>> {
  const said = new Map(saidOf(config, manifest));
  for (const { id, name, lastInvoice } of accounts) {
    if (said.has(id) || !isAnswering()) continue;
    const last =
      lastInvoice === null ? 'no invoice is in this backup' : `the last invoice in this backup is INV-${lastInvoice}`;
    const question = `Account ${id} ${name}: ${last}. Which was the last one sent? (none: none since) `;
    said.set(id, await untilUnderstood(question, lastInvoice, signal));
  }
  return said;
}

async function untilUnderstood(
  question: string,
  lastInvoice: number | null,
  signal: AbortSignal,
): Promise<LastInvoice> {
  for (;;) {
    const answer = await ask(question, signal);
    try {
      const said = readLastInvoice(answer);
      checkLastInvoice(said, lastInvoice);
      return said;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      process.stderr.write(`${problemInTerminal(error)}\n`);
    }
  }
}
