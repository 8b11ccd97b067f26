// The page on which a person says yes, themselves, to what an assistant of theirs asked for: what it comes to, and one
// button. Whoever does not want it closes the page.
import { html } from 'hono/html';
import { notice, page } from './layout.ts';
import type { Html } from '../printers/html.ts';

/** A call that waits, as its person sees it. */
export type CallToConfirm = {
  readonly accountName: string;
  readonly person: string;
  /** The assistant, as it names itself. */
  readonly client: string;
  /** What it would do, with its amounts. */
  readonly words: string;
};

export function confirmPage(
  { accountName, person, client, words }: CallToConfirm,
  { action, csrf, yes, problem }: { action: string; csrf: string; yes: string; problem: string | null },
): Html {
  return page({
    title: 'Is this what you want?',
    body: html`<form class="card" method="post" action="${action}">
<h1>Is this what you want?</h1>
${problem === null ? '' : html`<p class="bad" role="alert">${problem}</p>`}
<p><b>${words}</b></p>
<dl><dt>Books</dt><dd>${accountName}</dd><dt>You are</dt><dd>${person}</dd><dt>Asked for by</dt><dd>${client} <span class="soft">(as it names itself)</span></dd></dl>
<input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="yes" value="${yes}">
<button>Yes, do it</button>
<p class="soft">It is done when you press this, and only then. If you do not want it, or did not ask for it, close this page: nothing happens.</p>
</form>`,
  });
}

export function confirmedPage(words: string, home: string): Html {
  return notice('Done', words, back(home));
}

/** @param became the number of its change, in the history */
export function confirmedBeforePage(became: number | null, home: string): Html {
  const how = became === null ? '' : ` It is change ${became} in the history.`;
  return notice('Done already', `You said yes to this before.${how} Nothing was done now.`, back(home));
}

/** It is so already, or is refused as the books stand now. */
export function nothingToConfirmPage(words: string, home: string): Html {
  return notice('Nothing to say yes to', words, back(home));
}

function back(home: string): Html {
  return html`<p><a href="${home}">To the books</a></p>`;
}
