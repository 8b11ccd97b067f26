// What the system says when a start fails, in words that name the option at fault.
import { UsageError } from '../config.ts';

const OF_FOLDERS: Readonly<Record<string, string>> = {
  EEXIST: 'is a file, not a folder',
  ENOTDIR: 'lies below a file, not below a folder',
  EISDIR: 'has a folder where the file jobwright.db belongs',
  EACCES: 'is not for this user to write to',
  EPERM: 'is not for this user to write to',
  EROFS: 'is on a disk that cannot be written to',
  ENOENT: 'cannot be made: the system allows no folder there',
  ENOSPC: 'cannot be made: the disk is full',
  ENAMETOOLONG: 'has a name that is too long',
  ELOOP: 'is a link that leads in a circle',
};

/** @returns what is wrong with the folder in words; any other error as it is */
export function folderFault(error: unknown, folder: string): unknown {
  const what = OF_FOLDERS[codeOf(error)];
  if (what === undefined) return error;
  return new UsageError(`the data folder ${folder} ${what}. --data DIR names another, like --data ~/jobwright.`, {
    cause: error,
  });
}

/** @returns what is wrong with the host or the port in words; any other error as it is */
export function listenFault(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const what = ofListening(codeOf(error), host, port);
  return what === null ? error : new UsageError(what, { cause: error });
}

function ofListening(code: string, host: string, port: number): string | null {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is taken; --port says another, like --port ${port + 1 > 65_535 ? 8420 : port + 1}`;
    case 'EACCES':
      return `port ${port} is not for this user to listen on; --port says another, like --port 8420`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `--host ${host} is no address of this machine; write one that is, like --host 127.0.0.1`;
    default:
      return null;
  }
}

/** @returns what to look at, at an outside provider that could not be used */
export function issuerFault(error: unknown, issuer: string): UsageError {
  const where = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  return new UsageError(
    `--issuer ${issuer} cannot be used (${error instanceof Error ? error.message : String(error)}). It must answer at ${where}, and name itself there letter by letter as --issuer does.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
