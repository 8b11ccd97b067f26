// What restore and verify share: which archive is meant, and what they say of the book in it.
import type { AccountState } from '../backup/check.ts';
import type { PlainManifest } from '../backup/manifest.ts';
import { UsageError, type Config } from '../config.ts';
import { wallClock } from '../domain/dates.ts';
import type { Said } from '../domain/message.ts';
import { counted } from '../printers/format.ts';
import { asData } from '../printers/in-words.ts';
import { faultLine, inTerminal } from '../printers/terminal.ts';
import { wrong } from './operator.ts';

export function archiveMeant({ command = '', operands }: Config): string {
  const [archive, ...more] = operands;
  if (archive === undefined || more.length > 0)
    throw new UsageError(
      `${command} takes one archive: jobwright ${command} jobwright-2026-11-28T020000Z-1a2b3c4d.tar`,
    );
  return archive;
}

/** Which day and change of each account it is. */
export function stateJson(accounts: readonly AccountState[]) {
  return accounts.map(({ id, name, newest, lastInvoice }) => ({
    ...{ account: id, name, lastInvoice },
    change: newest === null ? null : { number: newest.number, at: newest.at, summary: inData(newest.summary) },
  }));
}

export function stateInWords(accounts: readonly AccountState[]): string[] {
  if (accounts.length === 0) return ['There is no account in this book yet.'];
  return accounts.map(({ id, name, timeZone, newest }) => {
    const upTo =
      newest === null
        ? 'nothing was done in it yet'
        : `up to change ${newest.number} of ${wallClock(newest.at, timeZone)} (${timeZone}): ${inTerminal(newest.summary)}`;
    return `Account ${id} ${name}: ${upTo}.`;
  });
}

function inData(said: Said): string {
  return typeof said === 'string' ? said : asData(said);
}

/** What is wrong, each whole for a program, or on a line of its own. */
export function faultsTold({ json }: Config, faults: readonly Said[]): string[] {
  return faults.map(json ? inData : faultLine);
}

/** How it stands with the archive and the book in it. */
export function soundness({ madeAt, files, lost }: PlainManifest, faults: readonly string[]): string {
  const gone =
    lost.length === 0
      ? ''
      : ` ${counted(lost.length, 'file')} ${lost.length === 1 ? 'was' : 'were'} missing or damaged already when it was made: ${lost
          .slice(0, 3)
          .map(({ hash }) => `${hash.slice(0, 12)}…`)
          .join(', ')}${lost.length > 3 ? ', …' : ''}.`;
  const book =
    faults.length === 0
      ? 'The books are clean.'
      : `${wrong(faults)} in the books:\n${faults.map((fault) => `- ${fault}`).join('\n')}`;
  return `The backup of ${madeAt} is whole: the database and ${counted(files.length, 'file')}, every byte as it was packed.${gone} ${book}`;
}
