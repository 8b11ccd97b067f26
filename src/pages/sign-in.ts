// The pages on which a person signs in, chooses a password, and lets an assistant in. Each is whole without a script.
import { html } from 'hono/html';
import type { Scope } from '../domain/access.ts';
import { page, type Html } from './layout.ts';

type Form = { readonly action: string; readonly error: string | null };

export function signInPage({ action, error, email, to }: Form & { email: string; to: string | null }): Html {
  return page({
    title: 'Sign in',
    body: html`<form class="card" method="post" action="${action}">
<h1>Sign in</h1>
${to === null ? '' : html`<p class="soft">${to} asks to work with your books.</p>`}
${problem(error)}
<label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="username" autocapitalize="none" required value="${email}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button name="do" value="sign-in">Sign in</button>
<p class="soft">Forgotten it? Whoever runs this Jobwright can send you a new link.</p>
</form>`,
  });
}

export function passwordPage({ action, error, name, email }: Form & { name: string; email: string }): Html {
  return page({
    title: 'Choose a password',
    body: html`<form class="card" method="post" action="${action}">
<h1>Welcome, ${name}</h1>
<p>Choose a password for <b>${email}</b>. Three or four unrelated words are good; at least 10 characters.</p>
${problem(error)}
<input type="hidden" name="username" autocomplete="username" value="${email}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="200" required>
<label for="again">The same again</label><input id="again" name="again" type="password" autocomplete="new-password" required>
<button>Save and sign in</button>
</form>`,
  });
}

export type Asking = {
  /** As the assistant names itself, which anybody can. */
  readonly name: string;
  /** What it is known by here: an address, or a number that it was given. */
  readonly id: string;
  /** Where the answer goes, as a person reads it: claude.ai, or a program on this machine. */
  readonly backTo: string;
};

export type AccountChoice = {
  readonly id: number;
  readonly name: string;
  readonly role: string;
  readonly costs: boolean;
};

export function consentPage({
  action,
  csrf,
  error,
  person,
  asking,
  accounts,
  wanted,
}: Form & {
  csrf: string;
  person: { readonly name: string; readonly email: string };
  asking: Asking;
  accounts: readonly AccountChoice[];
  wanted: readonly Scope[];
}): Html {
  const [only] = accounts;
  const one = accounts.length === 1 && only !== undefined;
  const mayCosts = wanted.includes('costs:read') && accounts.some(({ costs }) => costs);
  return page({
    title: 'Let an assistant in',
    body: html`<form class="card" method="post" action="${action}">
<h1>Let ${asking.name} work with your books?</h1>
${problem(error)}
<dl><dt>Who asks</dt><dd><b>${asking.name}</b> <span class="soft">(${asking.id})</span></dd>
<dt>Where it goes back to</dt><dd><b>${asking.backTo}</b></dd>
<dt>You are</dt><dd>${person.name} <span class="soft">(${person.email})</span></dd></dl>
<input type="hidden" name="csrf" value="${csrf}">
${
  one
    ? html`<input type="hidden" name="account" value="${only.id}"><dl><dt>Books</dt><dd><b>${only.name}</b> <span class="soft">as ${only.role}</span></dd></dl>`
    : html`<h2>Which books?</h2>${accounts.map(
        (each) =>
          html`<label class="pick"><input type="radio" name="account" value="${each.id}" required><span><b>${each.name}</b> <span class="soft">as ${each.role}</span></span></label>`,
      )}`
}
<h2>It may</h2>
<ul><li>read jobs, customers and papers, as far as you may</li></ul>
${wanted.includes('books:write') ? html`<label class="pick"><input type="checkbox" name="scope" value="books:write" checked><span>change the books: add, correct and take back. What could hurt asks first, and every change can be seen.</span></label>` : ''}
${mayCosts ? html`<label class="pick"><input type="checkbox" name="scope" value="costs:read" checked><span>see costs, expenses and profit</span></label>` : ''}
<button name="do" value="allow">Allow</button>
<button class="plain" name="do" value="deny" formnovalidate>Do not allow</button>
<button class="plain" name="do" value="other" formnovalidate>I am somebody else</button>
</form>
<p class="soft">Only allow what you opened yourself just now. You can end this any time: ask whoever runs this Jobwright to sign you out.</p>`,
  });
}

function problem(error: string | null): Html | string {
  return error === null ? '' : html`<p class="bad" role="alert">${error}</p>`;
}
