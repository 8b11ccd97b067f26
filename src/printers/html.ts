// Blocks as a page for people. What people wrote is escaped, shows nothing that hides, and is never a heading, a row or a
// link: those are what a printer made so. What is for a caller alone is left out.
import { html } from 'hono/html';
import { visible } from '../domain/text.ts';
import { kindOf, pagePath } from '../kinds/uri.ts';
import { capital } from './format.ts';
import { piecesOf, wordsOf, type Block, type Link, type Phrase, type TheirWords } from './blocks.ts';

export type Html = ReturnType<typeof html>;

/** Whose books the numbers lead into, and the page that they stand on, which leads nowhere. */
export type Where = { readonly accountId: number; readonly own: string };

export function asHtml(blocks: readonly Block[], where: Where): Html[] {
  const out: Html[] = [];
  let rows: Html[] = [];
  const closeList = () => {
    if (rows.length > 0) out.push(html`<ul class="rows">${rows}</ul>`);
    rows = [];
  };
  for (const block of blocks) {
    if (block.kind === 'row') rows.push(html`<li>${shown(block.text, where)}</li>`);
    else {
      closeList();
      out.push(...blockHtml(block, where));
    }
  }
  closeList();
  return out;
}

function blockHtml(block: Exclude<Block, { kind: 'row' }>, where: Where): Html[] {
  switch (block.kind) {
    case 'head':
      return wordsOf(block.about) === '' ? [] : [html`<p>${shown(capitalized(block.about), where)}</p>`];
    case 'heading':
      return [html`<h2>${block.title}${block.of === null ? '' : ` (${block.of})`}</h2>`];
    case 'line': {
      const rest = block.next === undefined ? '' : (block.instead ?? '.');
      return wordsOf(block.text) === '' ? [] : [html`<p>${shown(block.text, where)}${rest}</p>`];
    }
    case 'detail':
      return [html`<p class="soft">${shown(block.text, where)}</p>`];
    case 'words':
      return [html`<p class="soft">${block.title}</p><blockquote>${visible(block.text)}</blockquote>`];
    case 'quoted':
      return [html`<blockquote>${visible(block.text)}</blockquote>`];
    case 'note':
      return [html`<p>Note: ${shown(block.text, where)}</p>`];
    case 'sum':
      return [
        html`<table>${block.rows.map(({ name, value, isResult }) => html`<tr class="${isResult ? 'sum' : ''}"><td>${name}</td><td>${value}</td></tr>`)}</table>`,
      ];
    case 'printed':
      return [html`<pre>${block.text}</pre>`];
    case 'next':
    case 'data':
      return [];
  }
}

function shown(text: Phrase, where: Where): Html[] {
  return piecesOf(text).map((piece) => pieceHtml(piece, where));
}

function pieceHtml(piece: string | Link | TheirWords, where: Where): Html {
  if (typeof piece === 'string') return html`${visible(piece)}`;
  if ('said' in piece) return html`<q>${visible(piece.said)}</q>`;
  const href = addressOf(piece, where);
  const words = visible(piece.words);
  return href === null ? html`${words}` : html`<a href="${href}">${words}</a>`;
}

/** Only what is a phone number through and through is dialled. */
function addressOf({ to, words }: Link, { accountId, own }: Where): string | null {
  switch (to) {
    case 'record': {
      const path = pagePath(accountId, words);
      return kindOf(words) === null || path === own ? null : path;
    }
    case 'phone':
      return /^\+?[\d\s().-]{5,25}$/.test(words) ? `tel:${words.replace(/[^+\d]/g, '')}` : null;
    case 'place':
      return words === '' ? null : `https://www.openstreetmap.org/search?query=${encodeURIComponent(words)}`;
  }
}

/** On a line of its own it begins a sentence. */
function capitalized(text: Phrase): Phrase {
  const [first = '', ...rest] = piecesOf(text).filter((piece) => wordsOf(piece) !== '');
  return typeof first === 'string' ? [capital(first), ...rest] : [first, ...rest];
}
