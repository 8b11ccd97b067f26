// What is typed behind `jobwright`: each command with the words and options that it takes, once. The parser, the help
// and what a command says of its own use are made of these.
import type { OptionName } from './options.ts';

export type CommandDeclaration = {
  /** Behind its name in the list of commands. */
  readonly takes?: string;
  readonly summary: string;
  /** What it does, for its own help. */
  readonly says: string;
  /** How it is written, each without `jobwright` and its name. */
  readonly usage: readonly string[];
  /** What its words mean; a command without any takes options alone. */
  readonly words?: Readonly<Record<string, string>>;
  readonly required?: readonly OptionName[];
  /** Those that are not heard from the environment, where they are said of something else. */
  readonly typed?: readonly OptionName[];
  readonly options: readonly OptionName[];
  /** Further ones, under a heading of their own. */
  readonly more?: { readonly heading: string; readonly options: readonly OptionName[] };
};

const NEW_BOOK = ['template', 'currency', 'time-zone', 'no-samples'] as const;
const LOCAL = ['account', 'me', 'plan'] as const;
const NARROWED = ['toolsets', 'read-only'] as const;
const PLACE = ['data', 'database', 'migrate-url', 'files-store'] as const;
const BACKED_UP = ['every', 'to', 'keep', 'encrypt-to'] as const;

export const COMMANDS = {
  stdio: {
    summary: 'serve the books to Claude Desktop, Cursor or another MCP client over stdio',
    says: 'Serves the books of one account to Claude Desktop, Cursor or another MCP client, until that goes away.',
    usage: ['[options]'],
    options: [...LOCAL, 'files', 'file-hosts', ...NARROWED, ...BACKED_UP, ...NEW_BOOK, ...PLACE],
  },
  http: {
    summary: 'serve every account over HTTP, with sign-in; --no-auth: one book, on this machine alone',
    says: 'Serves every account over HTTP, with sign-in; with --no-auth one account, to whoever is on this machine. Others reach it by --url.',
    usage: ['--url URL [options]', '--no-auth [options]'],
    options: [
      ...(['url', 'no-auth', 'port', 'host', 'origins', 'proxies', 'address-limit', 'issuer'] as const),
      ...(['no-registration', 'no-client-documents', 'file-hosts', ...NARROWED, ...BACKED_UP, ...PLACE] as const),
    ],
    more: { heading: 'Options with --no-auth:', options: [...LOCAL, 'files', ...NEW_BOOK] },
  },
  accounts: {
    summary: 'list them; accounts create NAME, accounts plan NUMBER PLAN',
    says: 'Lists the businesses whose books are kept here; opens the books of one more; changes the plan of one.',
    usage: ['', 'create NAME [options]', 'plan NUMBER PLAN'],
    words: {
      NAME: 'of the business; several words in quotes, like "Lopez Roofing"',
      NUMBER: 'of the account, as jobwright accounts lists it',
      PLAN: 'free, pro, business or team',
    },
    options: ['json', ...PLACE],
    more: { heading: 'Options with create:', options: ['plan', 'url', ...NEW_BOOK] },
  },
  people: {
    summary: 'list them; people invite|role|remove|link|sign-out E-MAIL, people sign-out --all',
    says: 'Lists who is in an account, and whether they can sign in; asks somebody in, which prints a link to choose a password; changes what they may do; takes them out; makes a new link; ends their browser sessions and what assistants were given, with --all those of every person of every account.',
    usage: [
      '',
      'invite E-MAIL --name NAME --role ROLE [--url URL]',
      'role E-MAIL ROLE',
      'remove E-MAIL',
      'link E-MAIL [--url URL]',
      'sign-out E-MAIL',
      'sign-out --all',
    ],
    words: { 'E-MAIL': 'whom it is about', ROLE: 'owner, office or crew' },
    options: ['name', 'role', 'account', 'url', 'port', 'issuer', 'all', 'json', ...PLACE],
  },
  tokens: {
    summary: 'list them; tokens create NAME --person E-MAIL, tokens revoke NUMBER',
    says: 'Lists the personal access tokens of an account, for editors and scripts; makes one, which is shown once; ends one.',
    usage: ['', 'create NAME --person E-MAIL [options]', 'revoke NUMBER'],
    words: {
      NAME: 'what the token is for; several words in quotes, like "my laptop"',
      NUMBER: 'of the token, as jobwright tokens lists it',
    },
    options: ['account', 'json', ...PLACE],
    more: { heading: 'Options with create:', options: ['person', 'scopes', 'days', 'url', 'port'] },
  },
  confirm: {
    takes: 'CODE',
    summary: 'say yes, yourself, to what an assistant asked for: it was given the code',
    says: 'Shows what an assistant asked for, in books whose confirmBy is person, and does it once you say yes here. Where nobody signs in (stdio, http --no-auth, call) an assistant is given a code for that, good for 15 minutes, once. It runs beside a server that has the book open, and only in a terminal.',
    usage: ['CODE [options]'],
    words: { CODE: 'as the assistant was given it, like K7QP-3XTA' },
    options: ['me', 'files', 'file-hosts', ...NARROWED, ...PLACE],
  },
  call: {
    takes: "TOOL '{json}'",
    summary: `call one tool and print its answer, like: jobwright call get-job '{"job":"J-12"}'`,
    says: `Calls one tool and prints its answer, like: jobwright call get-job '{"job":"J-12"}'`,
    usage: ["TOOL ['{json}'] [options]"],
    words: {
      TOOL: 'its name; the answer to one that is not there lists them all',
      "'{json}'": 'its arguments, where it needs some',
    },
    options: ['save', 'json', ...LOCAL, 'files', 'file-hosts', ...NARROWED, ...NEW_BOOK, ...PLACE],
  },
  sample: {
    summary: 'show the profit of a sample job, asked for by a real MCP client',
    says: 'Shows the profit of a sample job, asked for by a real MCP client. It makes a book on this machine for that, takes it away again, and touches none of yours, in a folder or a database.',
    usage: ['[options]'],
    options: ['template'],
  },
  doctor: {
    summary: 'recompute every stored figure and check the books; exit code 1 where something is wrong',
    says: 'Recomputes every stored figure of every account and checks the books. It changes nothing; exit code 1 where something is wrong.',
    usage: ['[options]'],
    options: [...PLACE],
  },
  cluster: {
    takes: 'citus',
    summary: 'print the SQL that spreads a PostgreSQL database over a Citus cluster, to review',
    says: 'Prints the SQL by which the owner of the tables spreads them over a Citus cluster, so that all rows of an account stand on one machine, with what to check before and after. It changes nothing and asks no database.',
    usage: ['citus'],
    words: {
      citus: 'the one kind of cluster that has to be told; CockroachDB and YugabyteDB spread tables by themselves',
    },
    options: [],
  },
  backup: {
    takes: '--to DIR',
    summary: 'one archive of database and files, made while others go on writing',
    says: 'Makes one archive of the database and all stored files as they are at one moment, while others go on writing; checks the books and every file before, and reads back what it wrote. Exit code 1 where nothing was made, or a stored file was missing; such a one counts for --every too, as the next would lack it as well. tar and sqlite3 open it by hand.',
    usage: ['--to DIR [options]'],
    required: ['to'],
    options: ['every', 'keep', 'encrypt-to', 'json', ...PLACE],
  },
  restore: {
    takes: 'ARCHIVE',
    summary: 'bring a book back into a new folder: --data NEW',
    says: 'Brings a book back from a backup, into a folder that is new or empty. It checks every byte and the books, says which day and change it brings back, and makes it a book of its own: everybody signs in again, tokens, links and assistants’ access end, and invoice numbers go on after the last one that was sent.',
    usage: ['ARCHIVE --data NEW-FOLDER [options]'],
    words: { ARCHIVE: 'as jobwright backup made it' },
    required: ['last-invoice'],
    options: ['identity', 'fingerprint', 'keep-access', 'json', 'data'],
  },
  move: {
    takes: '--to URL|DIR',
    summary: 'move the whole book to a PostgreSQL database, or back to a new folder',
    says: 'Moves the whole book with its accounts, files and people: the one in --data into a PostgreSQL database that is empty, or the one in --database into a folder that is new. It checks the books before, holds them while it copies, reads every row and every file back and checks the books there. From then on the old one can be read and is not written to. Where it was cut off, run it again.',
    usage: ['--to postgres://… [options]', '--database postgres://… --to NEW-FOLDER [options]'],
    required: ['to'],
    typed: ['to'],
    options: ['instead-of', 'json', ...PLACE],
  },
  verify: {
    takes: 'ARCHIVE',
    summary: 'all that a restore checks, of which nothing is kept',
    says: 'Checks all that a restore checks, and keeps nothing of it; exit code 1 where something is wrong. Without --identity the outside of an encrypted one is checked.',
    usage: ['ARCHIVE [options]'],
    words: { ARCHIVE: 'as jobwright backup made it' },
    options: ['identity', 'fingerprint', 'json'],
  },
} as const satisfies Readonly<Record<string, CommandDeclaration>>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS).filter(isCommand);

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

export function declarationOf(name: CommandName): CommandDeclaration {
  return COMMANDS[name];
}

/** All that a command takes. */
export function optionsOf(name: CommandName): readonly OptionName[] {
  const { required = [], options, more }: CommandDeclaration = COMMANDS[name];
  return [...required, ...options, ...(more?.options ?? [])];
}

/** Of those, what the environment may say. */
export function heardBy(name: CommandName): readonly OptionName[] {
  const { typed = [] }: CommandDeclaration = COMMANDS[name];
  return optionsOf(name).filter((option) => !typed.includes(option));
}

/** How a part of a command is written, for what is refused: `people role E-MAIL ROLE`. */
export function usageOf(name: CommandName, part: string): string {
  const { usage }: CommandDeclaration = COMMANDS[name];
  const lines = usage.filter((line) => line.split(' ')[0] === part);
  return lines.map((line) => `${name} ${line}`).join(', or ');
}
