// What `jobwright --help` prints, and `--help` behind each command.

/** What `jobwright --help` prints. */
export const HELP = `Jobwright keeps the books of a small trades business and tells what each job really made.

Usage: jobwright COMMAND [options]; jobwright COMMAND --help says more of one

Commands
  stdio                 serve the books to Claude Desktop, Cursor or another MCP client over stdio
  http                  serve every account over HTTP, with sign-in; --no-auth: one book, on this machine alone
  accounts              list them; accounts create NAME, accounts plan NUMBER PLAN
  people                list them; people invite|role|remove|link|sign-out E-MAIL, people sign-out --all
  tokens                list them; tokens create NAME --person E-MAIL, tokens revoke NUMBER
  confirm CODE          say yes, yourself, to what an assistant asked for: it was given the code
  call TOOL '{json}'    call one tool and print its answer, like: jobwright call get-job '{"job":"J-12"}'
  sample                show the profit of a sample job, asked for by a real MCP client
  doctor                recompute every stored figure and check the books; exit code 1 where something is wrong
  backup --to DIR       one archive of database and files, made while others go on writing
  restore ARCHIVE       bring a book back into a new folder: --data NEW
  verify ARCHIVE        all that a restore checks, of which nothing is kept
  help                  print this; help COMMAND more of one

Options (each also as an environment variable: --time-zone is JOBWRIGHT_TIME_ZONE)
  --data DIR            where the book is kept (default: this user's data folder)
  --plan NAME           free, pro, business or team (a new book: business)
  --files DIR           a folder that attach-file may take files from by path; may be given several times
  --file-hosts A,B      hosts attach-file may fetch a conversation's files from, like *.oaiusercontent.com (ChatGPT)
  --toolsets A,B        list and allow only these: jobs, customers, quotes, invoices, site, reports, history, account
  --read-only           list and allow only tools that change nothing
  --json                print the result as JSON
  --save DIR            with call: put files that come with the answer (a PDF, a calendar, a photo) there

For http
  --port N, --host H    where it listens (default: 8420 on 127.0.0.1)
  --url URL             how the outside reaches it, like https://books.example.com
  --no-auth             without sign-in, on this machine alone
  --origins A,B         pages of these origins may call it too
  --proxies N           how many proxies of yours stand in front
  --address-limit N     requests a minute that one address may send (default: 1200)
  --issuer URL          an outside provider of sign-in, instead of Jobwright's own
  --no-registration, --no-client-documents
                        do not let assistants introduce themselves in these ways

For call, stdio, http --no-auth, people and tokens
  --account N           which account, where there are several (call, stdio and http: account 1)

For people and tokens
  --name NAME           how the account calls a person, in its history and on jobs
  --role ROLE           owner, office or crew
  --person E-MAIL       whose token
  --scopes A,B          of a token: books:read, books:write, costs:read (default: all that the role allows)
  --days N              after how many days a token ends
  --url URL             where people reach the server, in the links that they are sent

For backup, stdio and http
  --to DIR              where backups go, best on another disk
  --every 24h           one whenever the last good one is as old; stdio and http look at each start and every hour
  --keep 7d,4w,12m      of this book's backups there, the newest of so many days, weeks and months stay
  --encrypt-to KEY      a public key of age (age1…), or a file of them; may be given several times

For restore and verify
  --identity FILE       the secret keys of age that open an encrypted archive
  --fingerprint F       of the key that the book signs its backups with, as backup printed it
  --last-invoice INV-N  with restore: the last invoice that was sent, or none since the backup
  --keep-access         with restore: whoever was signed in stays so

For a new book only (update-account changes them later)
  --template NAME       the trade: roofing, hvac, plumbing, electrical, landscaping, general-contracting, painting,
                        solar, real-estate, photography, freelance, or sales-pipeline (deals without jobs)
  --currency CODE       ISO 4217 (default: USD)
  --time-zone ZONE      IANA, like America/Chicago (default: this machine's)
  --no-samples          start without the sample records

  --help, --version
JOBWRIGHT_LOG_LEVEL (silent, error, info, debug; default error) sets what goes to stderr.`;

const BOOK = `  --data DIR            where the book is kept (default: this user's data folder)`;
const JSON_TOO = `  --json                print the result as JSON`;
const FILES =
  '  --files DIR           a folder that attach-file may take files from by path; may be given several times';
const FILE_HOSTS =
  "  --file-hosts A,B      hosts attach-file may fetch a conversation's files from, like *.oaiusercontent.com (ChatGPT)";
const NARROWED = `  --toolsets A,B        list and allow only these: jobs, customers, quotes, invoices, site, reports, history, account
  --read-only           list and allow only tools that change nothing`;
const BACKED_UP = `  --every 24h --to DIR  make a backup there whenever the last good one is as old, in a process of its own
  --keep, --encrypt-to  as jobwright backup --help says`;
const NEW_BOOK = `  --template NAME, --currency CODE, --time-zone ZONE, --no-samples
                        of a book that is made by this; jobwright --help says what they are`;
const LOCAL = `  --account N           which account, where there are several (default: 1)
  --plan NAME           free, pro, business or team: what the account is on from now on`;

const STDIO = `Usage: jobwright stdio [options]

Serves the books of one account to Claude Desktop, Cursor or another MCP client, until that goes away.

Options
${LOCAL}
${FILES}
${FILE_HOSTS}
${NARROWED}
${BACKED_UP}
${NEW_BOOK}
${BOOK}`;

const HTTP = `Usage: jobwright http --url URL [options]
       jobwright http --no-auth [options]

Serves every account over HTTP, with sign-in; with --no-auth one account, to whoever is on this machine.

Required where others than this machine are to reach it
  --url URL             how they do, like https://books.example.com; a proxy of yours in front speaks TLS

Options
  --port N, --host H    where it listens (default: 8420 on 127.0.0.1); --port 0 is any that is free
  --origins A,B         pages of these origins may call it too, like https://app.example.com
  --proxies N           how many proxies of yours stand in front
  --address-limit N     requests a minute that one address may send (default: 1200)
  --issuer URL          an outside provider of sign-in, instead of Jobwright's own
  --no-registration, --no-client-documents
                        do not let assistants introduce themselves in these ways
${FILE_HOSTS}
${NARROWED}
${BACKED_UP}
${BOOK}

Options with --no-auth
${LOCAL}
${FILES}
${NEW_BOOK}`;

const ACCOUNTS = `Usage: jobwright accounts
       jobwright accounts create NAME [options]
       jobwright accounts plan NUMBER PLAN

Lists the businesses whose books are kept here; opens the books of one more; changes the plan of one.

Required
  NAME                  of the business; several words in quotes, like "Lopez Roofing"
  NUMBER                of the account, as jobwright accounts lists it
  PLAN                  free, pro, business or team

Options with create
  --plan PLAN           (default: business)
  --template NAME, --currency CODE, --time-zone ZONE, --no-samples
                        jobwright --help says what they are

Options
${JSON_TOO}
${BOOK}`;

const PEOPLE = `Usage: jobwright people
       jobwright people invite E-MAIL --name NAME --role ROLE [--url URL]
       jobwright people role E-MAIL ROLE
       jobwright people remove E-MAIL
       jobwright people link E-MAIL [--url URL]
       jobwright people sign-out E-MAIL
       jobwright people sign-out --all

Lists who is in an account, and whether they can sign in; asks somebody in, which prints a link to choose a password;
changes what they may do; takes them out; makes a new link; ends their browser sessions and what assistants were given,
with --all those of every person of every account.

Required
  E-MAIL                whom it is about
  --name NAME           with invite: how the account calls them; several words in quotes, like "Maria Lopez"
  --role ROLE           with invite, and with role if not said there: owner, office or crew

Options
  --account N           which account, where there are several that it can be
  --url URL             where people reach the server, like https://books.example.com, for the link
${JSON_TOO}
${BOOK}`;

const TOKENS = `Usage: jobwright tokens
       jobwright tokens create NAME --person E-MAIL [options]
       jobwright tokens revoke NUMBER

Lists the personal access tokens of an account, for editors and scripts; makes one, which is shown once; ends one.

Required
  NAME                  what the token is for; several words in quotes, like "my laptop"
  --person E-MAIL       whose token it is
  NUMBER                of the token, as jobwright tokens lists it

Options
  --scopes A,B          of books:read, books:write, costs:read, at least the first (default: all that the role allows)
  --days N              after how many days it ends, 1 to 3650 (default: 90)
  --account N           which account, where there are several that it can be
  --url URL             where people reach the server, like https://books.example.com
${JSON_TOO}
${BOOK}`;

const CALL = `Usage: jobwright call TOOL ['{json}'] [options]

Calls one tool and prints its answer, like: jobwright call get-job '{"job":"J-12"}'

Required
  TOOL                  its name; the answer to one that is not there lists them all
  '{json}'              its arguments, where it needs some

Options
  --save DIR            put files that come with the answer (a PDF, a calendar, a photo) there
${JSON_TOO}
${LOCAL}
${FILES}
${NARROWED}
${NEW_BOOK}
${BOOK}`;

const CONFIRM = `Usage: jobwright confirm CODE [options]

Shows what an assistant asked for, in books whose confirmBy is person, and does it once you say yes here. Where nobody
signs in (stdio, http --no-auth, call) an assistant is given a code for that, good for 15 minutes, once. It runs beside
a server that has the book open, and only in a terminal.

Required
  CODE                  as the assistant was given it, like K7QP-3XTA

Options
${BOOK}`;

const SAMPLE = `Usage: jobwright sample [options]

Shows the profit of a sample job, asked for by a real MCP client. It leaves nothing behind.

Options
  --template NAME       of which trade (default: roofing); jobwright --help lists them`;

const DOCTOR = `Usage: jobwright doctor [options]

Recomputes every stored figure of every account and checks the books. It changes nothing; exit code 1 where something
is wrong.

Options
${BOOK}`;

const BACKUP = `Usage: jobwright backup --to DIR [options]

Makes one archive of the database and all stored files as they are at one moment, while others go on writing; checks the
books and every file before, and reads back what it wrote. Exit code 1 where nothing was made, or a stored file was
missing. tar and sqlite3 open it by hand.

Required
  --to DIR              where it goes, best on another disk

Options
  --every 24h           only where the last whole one of this book there is as old (h, d, w or min), as for cron; one that
                        lacks files which were gone already counts too: the next would lack them as well
  --keep 7d,4w,12m      afterwards, of this book's backups there, the newest of each of the last so many days, weeks and
                        months (by UTC) that have one stay, and the others are deleted; nothing else there is touched
  --encrypt-to KEY      a public key of age (age1…), or a file with one a line; may be given several times
${JSON_TOO}
${BOOK}`;

const RESTORE = `Usage: jobwright restore ARCHIVE --data NEW-FOLDER [options]

Brings a book back from a backup, into a folder that is new or empty. It checks every byte and the books, says which day
and change it brings back, and makes it a book of its own: everybody signs in again, tokens, links and assistants'
access end, and invoice numbers go on after the last one that was sent.

Required
  ARCHIVE               as jobwright backup made it
  --last-invoice INV-N  the last invoice that was sent (2=INV-N for account 2), or none since the backup; a terminal asks

Options
  --identity FILE       the secret keys of age that open an encrypted archive
  --fingerprint F       refuse it where it is signed by another key
  --keep-access         whoever was signed in, tokens, links and the server's keys stay
${JSON_TOO}
  --data DIR            where the book comes to (default: this user's data folder)`;

const VERIFY = `Usage: jobwright verify ARCHIVE [options]

Checks all that a restore checks, and keeps nothing of it; exit code 1 where something is wrong.

Required
  ARCHIVE               as jobwright backup made it

Options
  --identity FILE       the secret keys of age that open an encrypted archive; without, its outside is checked
  --fingerprint F       refuse it where it is signed by another key
${JSON_TOO}`;

/** What `--help` prints behind a command. */
export const USAGES: ReadonlyMap<string, string> = new Map([
  ...([
    ['stdio', STDIO],
    ['http', HTTP],
    ['accounts', ACCOUNTS],
    ['people', PEOPLE],
  ] as const),
  ...([
    ['tokens', TOKENS],
    ['confirm', CONFIRM],
    ['call', CALL],
    ['sample', SAMPLE],
    ['doctor', DOCTOR],
  ] as const),
  ...([
    ['backup', BACKUP],
    ['restore', RESTORE],
    ['verify', VERIFY],
  ] as const),
]);
