// The pages on which a person signs in, chooses a password, and lets an assistant in. Each is whole without a script.
import { html } from 'hono/html';
import type { Scope } from '../domain/access.ts';
import { ASSISTANTS_PATH, notVerified } from './assistants.ts';
import { notice, page } from './layout.ts';
import type { Html } from '../printers/html.ts';

type Form = { readonly action: string; readonly error: string | null };

export function signInPage({
  action,
  error,
  email,
  to,
  why = null,
}: Form & { email: string; to: string | null; why?: string | null }): Html {
  return page({
    title: 'Sign in',
    body: html`<form class="card" method="post" action="${action}">
<h1>Sign in</h1>
${to === null ? '' : html`<p class="soft">${to} asks to work with your books.</p>`}
${why === null ? '' : html`<p class="soft">${why}</p>`}
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
<p>Choose a password. Three or four unrelated words are good; at least 10 characters.</p>
${problem(error)}
<label for="email">E-mail</label><input id="email" name="username" type="email" autocomplete="username" readonly value="${email}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="new-password" minlength="10" maxlength="200" required>
<label for="again">The same again</label><input id="again" name="again" type="password" autocomplete="new-password" required>
<button>Save and sign in</button>
</form>`,
  });
}

export function signedOutPage(): Html {
  return notice(
    'Signed out',
    'This browser is signed out. Assistants that you let in stay.',
    html`<p><a href="/sign-in">Sign in</a></p>`,
  );
}

export type Asking = {
  /** As the assistant names itself, which anybody can. */
  readonly name: string;
  /** Who says so: the address where it describes itself, or nobody but itself. */
  readonly source: string;
  /** Where the answer goes, as a person reads it: claude.ai, or a program on this machine. */
  readonly backTo: string;
  /** A vendor whose name it bears, and to whom the answer does not go. */
  readonly falseClaim: string | null;
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
${asking.falseClaim === null ? '' : notVerified(asking.falseClaim)}
<dl><dt>Who asks</dt><dd><b>${asking.name}</b> <span class="soft">(${asking.source})</span></dd>
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
${notAsked(accounts, wanted)}
${wanted.includes('books:write') ? html`<label class="pick"><input type="checkbox" name="scope" value="books:write" checked><span>change the books: add, correct and take back. What could hurt asks first, and every change can be seen.</span></label>` : ''}
${mayCosts ? html`<label class="pick"><input type="checkbox" name="scope" value="costs:read" checked><span>see costs, expenses and profit</span></label>` : ''}
<button name="do" value="allow">Allow</button>
<button class="plain" name="do" value="deny" formnovalidate>Do not allow</button>
<button class="plain" name="do" value="other" formnovalidate>I am somebody else</button>
</form>
<p class="soft">Only allow what you opened yourself just now. You can end this any time under <a href="${ASSISTANTS_PATH}">your assistants</a>.</p>`,
  });
}

/** There is no box for it: whoever looks for one is told why. */
function notAsked(accounts: readonly AccountChoice[], wanted: readonly Scope[]): Html | string {
  const left = [
    ...(wanted.includes('books:write') ? [] : ['to change the books']),
    ...(wanted.includes('costs:read') || !accounts.some(({ costs }) => costs) ? [] : ['to see costs and profit']),
  ];
  return left.length === 0 ? '' : html`<p class="soft">It did not ask ${left.join(', or ')}.</p>`;
}

/** What an assistant asked in such a way that there is no place to send an answer to. */
export function authorizationErrorPage(error: string, description: string): Html {
  const words = AUTHORIZATION_ERRORS[error] ?? 'What the assistant sent you here with is not understood.';
  return notice(
    'This cannot go on',
    `${words} Nothing was allowed. Go back to your assistant and connect it again.`,
    description === '' ? '' : html`<p class="soft">In technical terms: ${description}</p>`,
  );
}

const AUTHORIZATION_ERRORS: Readonly<Record<string, string>> = {
  invalid_client: 'The assistant that sent you here is not known here, or no longer.',
  invalid_redirect_uri: 'The assistant wants your answer sent to an address that it did not give when it came first.',
};

function problem(error: string | null): Html | string {
  return error === null ? '' : html`<p class="bad" role="alert">${error}</p>`;
}
