// A record's own page, and the page that a person starts from: made of what the tools answer, so that nobody sees more
// here than there.
import { html } from 'hono/html';
import { kindOf, pagePath } from '../domain/uri.ts';
import { notice, page, type Html } from './layout.ts';

type Here = { readonly accountId: number; readonly person: string | null };

const REF = /\b(?:INV-S?\d+|DRAFT-\d+|[A-Z]{1,2}-S?\d+)(?:\/\d+)?\b/g;

/** Lines as the tools write them: rows begin with a dash, words of others with a mark, titles end with a colon. */
function linesOut(text: string, { accountId }: Here): Html[] {
  const out: Html[] = [];
  let rows: Html[] = [];
  const closeList = () => {
    if (rows.length > 0) out.push(html`<ul>${rows}</ul>`);
    rows = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('- ')) {
      rows.push(html`<li>${linked(line.slice(2), accountId)}</li>`);
      continue;
    }
    closeList();
    if (line.startsWith('> ') || line === '>') out.push(html`<blockquote>${line.slice(2)}</blockquote>`);
    else if (/^[A-Z][\w &]{2,30}(?: \(.*\))?:$/.test(line)) out.push(html`<h2>${line.slice(0, -1)}</h2>`);
    else if (line.trim() !== '') out.push(html`<p>${linked(line, accountId)}</p>`);
  }
  closeList();
  return out;
}

/** Numbers of records lead to their pages. */
function linked(line: string, accountId: number): Html[] {
  const parts: Html[] = [];
  let from = 0;
  for (const { 0: ref, index } of line.matchAll(REF)) {
    if (kindOf(ref) === null) continue;
    parts.push(html`${line.slice(from, index)}<a href="${pagePath(accountId, ref)}">${ref}</a>`);
    from = index + ref.length;
  }
  return [...parts, html`${line.slice(from)}`];
}

export type Strip = {
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
  readonly strip: Strip | null;
  /** Of a file: whether it is shown as a picture. */
  readonly file: { readonly name: string; readonly isPicture: boolean } | null;
};

export function recordPage(record: RecordView, here: Here): Html {
  const { strip, file } = record;
  const content = `${pagePath(here.accountId, record.id)}/content`;
  const isTold = (line: string) => strip !== null && /^(Profit |= billed )/.test(line);
  const text = record.text
    .split('\n')
    .filter((line) => !isTold(line))
    .join('\n');
  return page({
    title: record.title,
    wide: true,
    body: html`${top(here)}<article class="card"><h1>${record.title}</h1>
${strip === null ? '' : stripTable(strip)}
${file === null ? '' : file.isPicture ? html`<p><img src="${content}" alt="${file.name}"></p>` : html`<p><a href="${content}">Open ${file.name}</a></p>`}
${linesOut(text, here)}</article>`,
  });
}

function stripTable({ billed, costOfWork, expenses, profit, marginPercent, currency }: Strip): Html {
  const row = (name: string, value: string, sum = false) =>
    html`<tr class="${sum ? 'sum' : ''}"><td>${name}</td><td>${value}</td></tr>`;
  return html`<table>${row('Billed', `${billed} ${currency}`)}${row('− cost of work', costOfWork)}${row('− expenses', expenses)}${row('= profit', `${profit} ${currency}`, true)}${marginPercent === null ? '' : row('Margin', `${marginPercent} %`)}</table>`;
}

type Row = { readonly ref: string; readonly words: string };

export function startPage(
  { name, query, rows }: { name: string; query: string; rows: readonly Row[] },
  here: Here,
): Html {
  return page({
    title: name,
    wide: true,
    body: html`${top(here)}<div class="card"><h1>${name}</h1>
<form method="get" action="/a/${here.accountId}" role="search"><label for="q">Find a job, customer or paper</label><input id="q" name="q" type="search" value="${query}"><button>Find</button></form>
<h2>${query === '' ? 'Newest jobs' : 'Found'}</h2>
${rows.length === 0 ? html`<p>${query === '' ? 'No jobs yet.' : 'Nothing fits these words.'}</p>` : html`<ul>${rows.map(({ ref, words }) => html`<li><a href="${pagePath(here.accountId, ref)}">${ref}</a> ${words}</li>`)}</ul>`}</div>`,
  });
}

export function accountsPage(
  accounts: readonly { readonly id: number; readonly name: string }[],
  person: string,
): Html {
  return page({
    title: 'Your books',
    body: html`${top({ accountId: 0, person })}<div class="card"><h1>Your books</h1><ul>${accounts.map(({ id, name }) => html`<li><a href="/a/${id}">${name}</a></li>`)}</ul></div>`,
  });
}

export function uploadPage({ action, what, error }: { action: string; what: string; error: string | null }): Html {
  return page({
    title: 'Choose a file',
    body: html`<form class="card" method="post" action="${action}" enctype="multipart/form-data">
<h1>Choose a file</h1><p>${what}. A photo or document of at most 10 MB; where a photo was taken is removed from it.</p>
${error === null ? '' : html`<p class="bad" role="alert">${error}</p>`}
<label for="file">File</label><input id="file" name="file" type="file" accept="image/*,application/pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.zip" required>
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

function top({ person }: Here): Html | string {
  return person === null
    ? ''
    : html`<form method="post" action="/sign-out"><p class="soft">Signed in as ${person}. <button class="plain">Sign out</button></p></form>`;
}
