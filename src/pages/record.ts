// A record's own page, and the page that a person starts from: made of what the tools answer, so that nobody sees more
// here than there.
import { html } from 'hono/html';
import { kindOf, pagePath } from '../kinds/uri.ts';
import { ASSISTANTS_PATH } from './assistants.ts';
import { connectCard, type Connect } from './connect.ts';
import { capital, forPeople } from './for-people.ts';
import { notice, page, type Html } from './layout.ts';

/** Whose books these are, and who looks at them. */
export type Here = {
  readonly accountId: number;
  /** As this account knows them; null where nobody signs in. */
  readonly person: string | null;
  readonly hasOtherBooks: boolean;
};

const REF = /\b(?:INV-S?\d+|DRAFT-\d+|[A-Z]{1,2}-S?\d+)(?:\/\d+)?\b/g;

/** What a piece of text leads to. */
type Mark = { readonly words: string; readonly href: string; readonly at: number };
/** What a line's pieces are known by: numbers of other records than its own, and where its customer is reached. */
type Linking = { readonly accountId: number; readonly own: string; readonly reach: readonly Omit<Mark, 'at'>[] };

/** Lines as the tools write them: rows begin with a dash, words of others with a mark, titles end with a colon. */
function linesOut(lines: readonly string[], linking: Linking): Html[] {
  const out: Html[] = [];
  let rows: Html[] = [];
  const closeList = () => {
    if (rows.length > 0) out.push(html`<ul class="rows">${rows}</ul>`);
    rows = [];
  };
  for (const line of lines) {
    if (line.startsWith('- ')) {
      rows.push(html`<li>${linked(line.slice(2), { ...linking, reach: [] })}</li>`);
      continue;
    }
    closeList();
    if (line.startsWith('> ') || line === '>') out.push(html`<blockquote>${line.slice(2)}</blockquote>`);
    else if (/^[A-Z][\w &-]{2,30}(?: \(.*\))?:$/.test(line)) out.push(html`<h2>${line.slice(0, -1)}</h2>`);
    else if (line.trim() !== '') out.push(html`<p>${linked(line, linking)}</p>`);
  }
  closeList();
  return out;
}

/** Numbers of records lead to their pages, a phone number to a call, an address to a map. */
function linked(line: string, linking: Linking): Html[] {
  const parts: Html[] = [];
  let from = 0;
  for (const { words, href, at } of marksIn(line, linking)) {
    if (at < from) continue;
    parts.push(html`${line.slice(from, at)}<a href="${href}">${words}</a>`);
    from = at + words.length;
  }
  return [...parts, html`${line.slice(from)}`];
}

function marksIn(line: string, { accountId, own, reach }: Linking): Mark[] {
  const refs = [...line.matchAll(REF)]
    .map(({ 0: words, index: at }) => ({ words, at, href: pagePath(accountId, words) }))
    .filter(({ words, href }) => kindOf(words) !== null && href !== own);
  const places = reach.map((each) => ({ ...each, at: line.indexOf(each.words) })).filter(({ at }) => at >= 0);
  return [...places, ...refs].sort((left, right) => left.at - right.at);
}

/** What the first line says beyond the title above it: often nothing, or how the record stands. */
function beyondTitle(first: string, title: string): string {
  let shared = 0;
  while (shared < first.length && first[shared] === title[shared]) shared += 1;
  // Words and figures are left whole.
  const isInside = () => /^[\p{L}\p{N}.]{2}$/u.test(first.slice(shared - 1, shared + 1));
  while (shared > 0 && isInside()) shared -= 1;
  return shared === 0 ? first : capital(first.slice(shared).replace(/^[\s,:;.]+/, ''));
}

export type ProfitShown = {
  readonly billed: string;
  readonly costOfWork: string;
  readonly expenses: string;
  readonly profit: string;
  readonly marginPercent: number | null;
  readonly currency: string;
};

export type RecordView = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Of a job, where it may be seen. */
  readonly profitSummary: ProfitShown | null;
  /** Of a file: whether it is shown as a picture. */
  readonly file: { readonly name: string; readonly isPicture: boolean } | null;
  /** Whether its customer gets it as a PDF. */
  readonly isPaper: boolean;
  /** Where its customer is reached, as the text has it. */
  readonly phone: string | null;
  readonly address: string | null;
};

export function recordPage(record: RecordView, here: Here): Html {
  const { title, profitSummary, file } = record;
  const own = pagePath(here.accountId, record.id);
  const isTold = (line: string) => profitSummary !== null && /^(Profit |= billed )/.test(line);
  const [first = '', ...rest] = forPeople(record.text)
    .split('\n')
    .filter((line) => !isTold(line));
  const linking = { accountId: here.accountId, own, reach: reachOf(record) };
  return page({
    title,
    wide: true,
    ...top(here),
    body: html`<article class="card"><h1>${title}</h1>
${profitSummary === null ? '' : profitTable(profitSummary)}
${file === null ? '' : fileShown(file, `${own}/content`)}
${record.isPaper ? html`<p><a href="${own}/pdf">PDF</a> <span class="soft">as the customer gets it</span></p>` : ''}
${linesOut([beyondTitle(first, title), ...rest], linking)}</article>`,
  });
}

/** Of a paper that is no paper for a customer yet. @param words what it lacks */
export function noPdfPage({ words, path }: { words: string; path: string }): Html {
  return notice('No PDF yet', words, html`<p><a href="${path}">Back</a></p>`);
}

function fileShown({ name, isPicture }: NonNullable<RecordView['file']>, content: string): Html {
  return isPicture
    ? html`<p><img src="${content}" alt="${name}"></p>`
    : html`<p><a href="${content}">Open ${name}</a></p>`;
}

/** Only what is a phone number through and through is dialled. */
function reachOf({ phone, address }: RecordView): Linking['reach'] {
  const dials = phone !== null && /^\+?[\d\s().-]{5,25}$/.test(phone);
  return [
    ...(dials ? [{ words: phone, href: `tel:${phone.replace(/[^+\d]/g, '')}` }] : []),
    ...(address === null || address === ''
      ? []
      : [{ words: address, href: `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}` }]),
  ];
}

function profitTable({ billed, costOfWork, expenses, profit, marginPercent, currency }: ProfitShown): Html {
  const row = (name: string, value: string, sum = false) =>
    html`<tr class="${sum ? 'sum' : ''}"><td>${name}</td><td>${value}</td></tr>`;
  return html`<table>${row('Billed', `${billed} ${currency}`)}${row('− cost of work', costOfWork)}${row('− expenses', expenses)}${row('= profit', `${profit} ${currency}`, true)}${marginPercent === null ? '' : row('Margin', `${marginPercent} %`)}</table>`;
}

type Row = { readonly ref: string; readonly words: string };

export function startPage(
  { name, query, rows, connect }: { name: string; query: string; rows: readonly Row[]; connect: Connect },
  here: Here,
): Html {
  return page({
    title: name,
    wide: true,
    ...top(here),
    body: html`${query === '' ? connectCard(connect) : ''}${query === '' && connect.signsIn ? html`<p><a href="${ASSISTANTS_PATH}">Your assistants</a></p>` : ''}<div class="card"><h1>${name}</h1>
<form method="get" action="/a/${here.accountId}" role="search"><label for="q">Find a job, customer or paper</label><input id="q" name="q" type="search" value="${query}"><button>Find</button></form>
<h2>${query === '' ? 'Newest jobs' : 'Found'}</h2>
${rows.length === 0 ? html`<p>${query === '' ? 'No jobs yet.' : 'Nothing fits these words.'}</p>` : html`<ul class="rows">${rows.map(({ ref, words }) => html`<li><a href="${pagePath(here.accountId, ref)}">${ref}</a> ${words}</li>`)}</ul>`}</div>`,
  });
}

export function accountsPage(
  accounts: readonly { readonly id: number; readonly name: string }[],
  person: string,
): Html {
  return page({
    title: 'Your books',
    who: whoShown(person, false),
    body: html`<div class="card"><h1>Your books</h1><ul class="rows">${accounts.map(({ id, name }) => html`<li><a href="/a/${id}">${name}</a></li>`)}</ul></div>`,
  });
}

/** @param where the file will belong to */
export function uploadPage({ action, where, error }: { action: string; where: string; error: string | null }): Html {
  return page({
    title: 'Choose a file',
    body: html`<form class="card" method="post" action="${action}" enctype="multipart/form-data">
<h1>Choose a file</h1><p>It goes to <b>${where}</b>.</p>
${error === null ? '' : html`<p class="bad" role="alert">${error}</p><p>Nothing was kept yet.</p>`}
<label for="file">File</label><input id="file" name="file" type="file" accept="image/*,application/pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.zip" required>
<p class="soft">A photo or document of at most 10 MB; where a photo was taken is removed from it.</p>
<button>Send</button></form>`,
  });
}

/** The same whether it was used, is over, is another person's, or never was: it tells nothing of whose it is. */
export function linkEndedPage(): Html {
  return notice(
    'This link has ended',
    'A link works once, for 15 minutes, and for whoever asked for it. Ask your assistant for a new one.',
    html`<form method="post" action="/sign-out"><button class="plain">I am somebody else</button></form>`,
  );
}

export function uploadedPage({ words, path }: { words: string; path: string | null }): Html {
  return page({
    title: 'Kept',
    body: html`<div class="card"><h1>Kept</h1><p>${words}</p>${path === null ? '' : html`<p><a href="${path}">Open it</a></p>`}</div>`,
  });
}

/** What stands above every page of an account, whose start is home. */
function top({ accountId, person, hasOtherBooks }: Here) {
  return { home: `/a/${accountId}`, who: person === null ? '' : whoShown(person, hasOtherBooks) };
}

function whoShown(person: string, hasOtherBooks: boolean): Html {
  return html`<form class="who" method="post" action="/sign-out"><span>${person}</span>${hasOtherBooks ? html`<a href="/">Other books</a>` : ''}<button class="small">Sign out</button></form>`;
}
