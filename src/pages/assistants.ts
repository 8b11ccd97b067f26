// The assistants that a person let in, and how each is ended.
import { html } from 'hono/html';
import type { Scope } from '../domain/access.ts';
import { page } from './layout.ts';
import type { Html } from '../printers/html.ts';

export const ASSISTANTS_PATH = '/assistants';

export type AssistantCard = {
  /** What names it in the form that ends it. */
  readonly id: string;
  readonly name: string;
  /** A vendor that it claims to be, and does not return to. */
  readonly falseClaim: string | null;
  readonly books: string;
  readonly backTo: string;
  readonly since: string;
  readonly lastUsed: string | null;
  readonly scopes: readonly Scope[];
};

type Person = { readonly name: string; readonly email: string };

export function assistantsPage(
  cards: readonly AssistantCard[],
  { csrf, person, ended }: { readonly csrf: string; readonly person: Person; readonly ended: boolean },
): Html {
  return page({
    title: 'Your assistants',
    who: html`<span class="who">${person.name} <form method="post" action="/sign-out"><button class="small">Sign out</button></form></span>`,
    body: html`<div class="card"><h1>Your assistants</h1>
${ended ? html`<p role="status"><b>Ended.</b> Within a minute it is let in no more.</p>` : ''}
${
  cards.length === 0
    ? html`<p>No assistant works with your books. One that you connect is shown here.</p>`
    : html`<p class="soft">These may work with your books in your name. End what you do not know or no longer use; it asks again if it is connected anew.</p>`
}</div>
${cards.map((card) => cardOut(card, csrf))}
<p><a href="/">Back to the books</a></p>`,
  });
}

function cardOut({ id, name, falseClaim, books, backTo, since, lastUsed, scopes }: AssistantCard, csrf: string): Html {
  return html`<form class="card" method="post" action="${ASSISTANTS_PATH}">
<h2>${name}</h2>
${falseClaim === null ? '' : notVerified(falseClaim)}
<dl><dt>Books</dt><dd>${books}</dd>
<dt>Where it goes back to</dt><dd>${backTo}</dd>
<dt>Let in</dt><dd>${since}</dd>
<dt>Last used</dt><dd>${lastUsed === null ? 'not yet' : `${lastUsed}, or in the hour after`}</dd>
<dt>It may</dt><dd>${scopes.map((scope) => MAY[scope]).join(', ')}</dd></dl>
<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="assistant" value="${id}">
<button class="plain">End ${name}</button>
</form>`;
}

const MAY: Readonly<Record<Scope, string>> = {
  'books:read': 'read the books',
  'books:write': 'change them',
  'costs:read': 'see costs and profit',
};

/** Said where it is let in, and wherever it is shown. */
export function notVerified(vendor: string): Html {
  return html`<p class="bad">Not verified: it calls itself ${vendor}, but its answers go elsewhere.</p>`;
}
