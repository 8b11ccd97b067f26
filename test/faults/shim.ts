// A disk that fails when a test says so, for the program under test (shim.c does it, preloaded). Compiled where it is
// first needed; root on Debian gets a compiler installed.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Only Linux preloads; elsewhere these tests are skipped under this name. */
export const ON_LINUX = process.platform === 'linux';

const SOURCE = join(import.meta.dirname, 'shim.c');
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/faults');

let compiled: string | undefined;

function shim(): string {
  compiled ??= compile();
  return compiled;
}

function compile(): string {
  const library = join(CACHE, `shim-${process.arch}.so`);
  if (existsSync(library) && statSync(library).mtimeMs > statSync(SOURCE).mtimeMs) return library;
  mkdirSync(CACHE, { recursive: true });
  // Beside its place and moved there whole: test files run at the same time.
  const draft = `${library}.${process.pid}`;
  const compiler = () =>
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', draft, SOURCE, '-lpthread'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  try {
    compiler();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    install();
    compiler();
  }
  renameSync(draft, library);
  return library;
}

function install(): void {
  if (process.getuid?.() !== 0)
    throw new Error('These tests need a C compiler. On Debian: apt-get install gcc libc6-dev.');
  process.stderr.write("No C compiler was found; installing Debian's.\n");
  execFileSync('apt-get', ['update'], { stdio: 'ignore' });
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'gcc', 'libc6-dev'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

type Operation =
  | 'open'
  | 'create'
  | 'write'
  | 'read'
  | 'truncate'
  | 'sync'
  | 'sync-folder'
  | 'rename'
  | 'unlink'
  | 'mkdir'
  /** Whatever changes something: all but opening to read, reading, and syncing. */
  | 'change';
type Errno = 'EIO' | 'ENOSPC' | 'EDQUOT' | 'EACCES' | 'EPERM' | 'EMFILE' | 'ENFILE' | 'EROFS' | 'ENOENT';

export type Rule = {
  readonly operation: Operation;
  /** PRETEND: nothing is done, and no error; KILL: the program is killed instead. */
  readonly how: Errno | 'PRETEND' | 'KILL';
  /** Part of the path, without blanks; all of them where left out. */
  readonly name?: string;
  /** How many pass first. */
  readonly skip?: number;
  /** How many are met; all from then on where left out. */
  readonly times?: number;
};

export type Faults = {
  /** For the environment of the program. */
  readonly env: Record<string, string>;
  /** From now on these fail, and no others. */
  set(...rules: readonly Rule[]): void;
  /** From now on there is room for so many bytes more; what is deleted makes room. */
  leave(bytes: number): void;
  /** All is well again. */
  lift(): void;
  /** Operations that a rule met, each as `operation path`. */
  hits(): readonly string[];
};

/** Every file under a folder, by its whole path. */
export function filesUnder(folder: string): string[] {
  return globSync(join(folder, '**/*'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

function taken(folder: string): number {
  return filesUnder(folder).reduce((sum, path) => sum + statSync(path).size, 0);
}

/** @param disk the folder that is the disk @param log where every operation is written down, if anywhere @param humble root keeps to the modes of files, as others must */
export function faultsOn(
  disk: string,
  { log, humble = false, rules = `${disk}.rules` }: { log?: string; humble?: boolean; rules?: string } = {},
): Faults {
  const write = (text: string) => {
    writeFileSync(`${rules}.new`, text);
    renameSync(`${rules}.new`, rules);
  };
  write('');
  return {
    env: {
      LD_PRELOAD: shim(),
      FAULTS_UNDER: realpathSync(disk),
      FAULTS_RULES: rules,
      // Otherwise the kernel may do reads and writes by itself, out of sight.
      UV_USE_IO_URING: '0',
      ...(log === undefined ? {} : { FAULTS_LOG: log }),
      ...(humble ? { FAULTS_HUMBLE: '1' } : {}),
    },
    set: (...chosen) =>
      write(
        chosen
          .map(({ operation, how, name = '*', skip = 0, times = -1 }) => `${operation} ${how} ${name} ${skip} ${times}`)
          .join('\n'),
      ),
    leave: (bytes) => write(`room ${taken(disk) + bytes}`),
    lift: () => write(''),
    hits: () => (existsSync(`${rules}.hits`) ? readFileSync(`${rules}.hits`, 'utf8').trimEnd().split('\n') : []),
  };
}
