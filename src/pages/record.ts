// A record's own page, and the page that a person starts from: made of what the tools answer, so that nobody sees more
// here than there.
import { html } from 'hono/html';
import { visibleLine } from '../domain/text.ts';
import { pagePath } from '../kinds/uri.ts';
import { ASSISTANTS_PATH } from './assistants.ts';
import { connectCard, type Connect } from './connect.ts';
import { notice, page } from './layout.ts';
import type { Block } from '../printers/blocks.ts';
import { asHtml, type Html } from '../printers/html.ts';

/** Whose books these are, and who looks at them. */
export type Here = {
  readonly accountId: number;
  /** As this account knows them; null where nobody signs in. */
  readonly person: string | null;
  readonly hasOtherBooks: boolean;
};

export type RecordPage = {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Of a file: whether it is shown as a picture. */
  readonly file: { readonly name: string; readonly isPicture: boolean } | null;
  /** Whether its customer gets it as a PDF. */
  readonly isPaper: boolean;
};

/** What a record comes to stands first, below its name. */
export function recordPage({ id, blocks, file, isPaper, ...named }: RecordPage, here: Here): Html {
  const title = visibleLine(named.title);
  const own = pagePath(here.accountId, id);
  const sums = blocks.filter(({ kind }) => kind === 'sum');
  const others = blocks.filter(({ kind }) => kind !== 'sum');
  const where = { accountId: here.accountId, own };
  return page({
    title,
    wide: true,
    ...top(here),
    body: html`<article class="card"><h1>${title}</h1>
${asHtml(sums, where)}
${file === null ? '' : fileShown(file, `${own}/content`)}
${isPaper ? html`<p><a href="${own}/pdf">PDF</a> <span class="soft">as the customer gets it</span></p>` : ''}
${asHtml(others, where)}</article>`,
  });
}

/** Of a paper that is no paper for a customer yet. @param words what it lacks */
export function noPdfPage({ words, path }: { words: string; path: string }): Html {
  return notice('No PDF yet', words, html`<p><a href="${path}">Back</a></p>`);
}

function fileShown({ name, isPicture }: NonNullable<RecordPage['file']>, content: string): Html {
  return isPicture
    ? html`<p><img src="${content}" alt="${name}"></p>`
    : html`<p><a href="${content}">Open ${name}</a></p>`;
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
