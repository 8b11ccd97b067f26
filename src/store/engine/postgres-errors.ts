// PostgreSQL's errors: which of them pass, and all of them in words.
import { codeOf, diskProblem } from '../../domain/disk.ts';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { held } from './held.ts';

/** Two writes that want each other's rows: one of them is to begin again. */
const CONFLICTS = new Set(['40001', '40P01']);

/** The server ends, begins, is full, or has ended the connection. */
const AWAY = new Set([
  ...['57P01', '57P02', '57P03', '57P05', '25P03', '53300'],
  ...['08000', '08001', '08003', '08004', '08006'],
]);

/** By the system's own names. */
const LINE_DOWN = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNABORTED', 'EAI_AGAIN'],
]);

/** What the driver says of a line that is down, which has no code. */
const SAID =
  /^(?:Connection terminated|timeout e|Query read timeout|Client has encountered a connection error|Client was closed)/;

/** Nothing of the write is kept, and it may begin again at once. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error)) || error instanceof RolledBack;
}

/** A row of this name is there. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** A statement is not kept any more under its name, or what it gives has changed with its tables: another connection is asked. */
export function isForgotten(error: unknown): boolean {
  return codeOf(error) === '26000' || codeOf(error) === '0A000';
}

/** Of a write: nothing of it is kept, nor will be. */
export class RolledBack extends Error {}

/** Of a write: its COMMIT had no answer that can be trusted, so that it may be kept or not. */
export class CommitInDoubt extends Error {}

/**
 * The server said itself what is wrong, and is there; else what it did with what was asked last is not known. It is judged by
 * the code, since all else comes in the server's language.
 */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && /^(?!08|57P0)[0-9A-Z]{5}$/.test(codeOf(error));
}

/** No server that takes writes is there just now. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    AWAY.has(code) ||
    LINE_DOWN.has(code) ||
    SAID.test(error.message) ||
    error instanceof NotPrimary ||
    error instanceof Silent
  );
}

/** Of a write: the server has become one that takes none. */
export function isRefusedWrite(error: unknown): boolean {
  return codeOf(error) === '25006';
}

/** It says nothing of the records that were asked for. */
export function isOfNoRecord(error: unknown): boolean {
  return isAway(error) || codeOf(error) === '57014';
}

/** A server that copies another one, and takes no writes. */
export class NotPrimary extends Error {}

/** The line to the server stays up, and nothing is heard over it any more. */
export class Silent extends Error {}

/** Errors of the server in words; everything else as it is. */
export function inWords(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === '55P03' || isConflict(error)) return held();
  if (code === '57014') return new Problem('unavailable', says('database.too-slow'));
  // A NUL in a text or in the JSON of one, the only character that it does not keep.
  if (code === '22021' || code === '22P05') return new Problem('invalid', says('call.nul'));
  if (code === '53100') return diskProblem('ENOSPC') ?? error;
  if (error instanceof Silent) return new Problem('unavailable', says('database.silent'));
  if (isAway(error)) return new Problem('unavailable', says('database.away'));
  // A row of another account is no matter of rights: whoever asked for it is at fault.
  const isFenced = error.message.includes('row-level security');
  const why = REFUSED[code];
  if (!isFenced && why !== undefined) return new Problem('unavailable', says('database.refuses', { why }));
  return error;
}

/** What the server says of it names roles, tables and hosts, which are no matter of whoever reads an answer. */
const REFUSED: Readonly<Record<string, 'sign-in' | 'no-database' | 'rights' | 'host' | undefined>> = {
  '28P01': 'sign-in',
  '28000': 'sign-in',
  '3D000': 'no-database',
  '42501': 'rights',
  ENOTFOUND: 'host',
};

/** Of a write whose COMMIT stays in doubt, since nobody could be asked about it. */
export function unknownOutcome(): Problem {
  return new Problem('unavailable', says('database.not-known-whether-saved'));
}
