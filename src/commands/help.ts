/** What `jobwright --help` prints. */
export const HELP = `Jobwright keeps the books of a small trades business and tells what each job really made.

Usage: jobwright COMMAND [options]

Commands
  stdio                 serve the books to Claude Desktop, Cursor or another MCP client over stdio
  http                  serve every account over HTTP, with sign-in; --no-auth: one book, on this machine alone
  accounts              list them; accounts create NAME, accounts plan NUMBER PLAN
  people                list them; people invite|role|remove|link|sign-out E-MAIL
  tokens                list them; tokens create NAME --person E-MAIL, tokens revoke NUMBER
  call TOOL '{json}'    call one tool and print its answer, like: jobwright call get-job '{"job":"J-12"}'
  sample                show the profit of a sample job, asked for by a real MCP client
  doctor                recompute every stored figure and check the books; exit code 1 where something is wrong

Options (each also as an environment variable: --time-zone is JOBWRIGHT_TIME_ZONE)
  --data DIR            where the book is kept (default: this user's data folder)
  --plan NAME           free, pro, business or team (a new book: business)
  --files DIR           a folder that attach-file may take files from by path; may be given several times
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

For accounts, people and tokens
  --account N           which account, where there are several
  --name NAME           how the account calls a person, in its history and on jobs
  --role ROLE           owner, office or crew
  --person E-MAIL       whose token
  --scopes A,B          of a token: books:read, books:write, costs:read (default: all that the role allows)
  --days N              after how many days a token ends

For a new book only (update-account changes them later)
  --template NAME       the trade: roofing, hvac, plumbing, electrical, landscaping, general-contracting, painting,
                        solar, real-estate, photography, freelance, or sales-pipeline (deals without jobs)
  --currency CODE       ISO 4217 (default: USD)
  --time-zone ZONE      IANA, like America/Chicago (default: this machine's)
  --no-samples          start without the sample records

  --help, --version
JOBWRIGHT_LOG_LEVEL (silent, error, info, debug; default error) sets what goes to stderr.`;
