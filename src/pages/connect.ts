// How an assistant is let in, told where a person starts: the address, and where each assistant asks for it.
import { html } from 'hono/html';
import type { Html } from '../printers/html.ts';

export type Connect = {
  /** What an assistant is given. */
  readonly address: string;
  /** Whether people sign in; without, whoever is on this machine has the whole book. */
  readonly signsIn: boolean;
  /** Whether only programs on this machine reach it. */
  readonly isLocal: boolean;
};

/** Folded together: it is read once. */
export function connectCard({ address, signsIn, isLocal }: Connect): Html {
  return html`<details class="card"><summary>Connect your assistant</summary>
<p>An assistant works with these books once it has this address:</p>
<p><code>${address}</code></p>
${signsIn ? onTheWeb() : html`<p>Programs on this machine take it where they ask for an MCP server. Nobody signs in here.</p>`}
${signsIn && isLocal ? html`<p class="soft">Only programs on this machine reach this address. Claude and ChatGPT on the web need a public one: ask whoever runs this Jobwright.</p>` : ''}</details>`;
}

function onTheWeb(): Html {
  return html`<h2>Claude</h2>
<ol><li>Settings → Connectors → Add custom connector.</li><li>Paste the address, then Add and Connect.</li><li>Sign in here, and allow what it may do.</li></ol>
<h2>ChatGPT</h2>
<ol><li>Settings → Apps &amp; Connectors → Advanced settings: switch Developer mode on.</li><li>Create, paste the address, and choose OAuth.</li><li>Sign in here, and allow what it may do.</li></ol>`;
}
