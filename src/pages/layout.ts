// What every page looks like: plain, for a phone in the sun, and whole without a script. The one style is named by its hash, so that
// nothing else on a page can be run or fetched.
import type { Html } from '../printers/html.ts';
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c1f23;--paper:#fff;--back:#f3f1ec;--line:#d8d4ca;--soft:#5d6269;--go:#1d5b3f;--bad:#9c2c1e}
@media(prefers-color-scheme:dark){:root{--ink:#eceae4;--paper:#1d2023;--back:#131517;--line:#3a3f45;--soft:#a4a9b0;--go:#7cc7a0;--bad:#f0a093}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.25rem 1rem 3rem}
main.wide{max-width:46rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:1.25rem;margin:1rem 0}
h1{font-size:1.4rem;line-height:1.25;margin:.25rem 0 .75rem}
h2{font-size:1.05rem;margin:1.25rem 0 .4rem}
.card>h2:first-child{margin-top:0}
p{margin:.5rem 0}
a{color:var(--go)}
header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem .9rem}
.who{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .9rem;color:var(--soft);font-size:.93rem;overflow-wrap:anywhere}
.brand{font-weight:700;letter-spacing:.01em;text-decoration:none;color:var(--ink)}
.soft{color:var(--soft);font-size:.93rem}
.bad{color:var(--bad);font-weight:600}
label{display:block;font-weight:600;margin:.9rem 0 .25rem}
label.pick{display:flex;gap:.6rem;align-items:flex-start;font-weight:400;margin:.6rem 0}
label.pick input{width:1.35rem;height:1.35rem;margin:.1rem 0 0;flex:none}
input[type=email],input[type=password],input[type=text],input[type=search],input[type=file]{width:100%;font:inherit;font-size:17px;padding:.65rem .75rem;border:1px solid var(--line);border-radius:9px;background:var(--paper);color:var(--ink)}
button{font:inherit;font-weight:650;width:100%;padding:.8rem 1rem;margin-top:1rem;border-radius:10px;border:1px solid var(--go);background:var(--go);color:var(--paper);cursor:pointer}
input::file-selector-button{font:inherit;font-weight:600;padding:.5rem .8rem;margin-right:.75rem;border:1px solid var(--line);border-radius:8px;background:var(--back);color:var(--ink)}
button.plain{background:transparent;color:var(--ink);border-color:var(--line);margin-top:.6rem}
button.small{width:auto;margin:0;padding:.4rem .75rem;font-size:.93rem;font-weight:500;background:transparent;color:var(--ink);border-color:var(--line)}
input[readonly]{background:transparent;color:var(--soft)}
summary{cursor:pointer;font-weight:650}
code{display:block;padding:.65rem .75rem;border:1px solid var(--line);border-radius:9px;font:1rem ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;-webkit-user-select:all;user-select:all}
button:focus-visible,input:focus-visible,summary:focus-visible,a:focus-visible{outline:3px solid var(--go);outline-offset:2px}
dl{margin:.5rem 0}dt{color:var(--soft);font-size:.9rem}dd{margin:0 0 .6rem;overflow-wrap:anywhere}
ul,ol{padding-left:1.2rem;margin:.4rem 0}li{margin:.2rem 0;overflow-wrap:anywhere}
.rows{list-style:none;padding:0}.rows li{position:relative;margin:0;padding:.55rem 0;border-bottom:1px solid var(--line)}.rows li:last-child{border-bottom:0}
.rows a:first-of-type::after{content:"";position:absolute;inset:0}.rows a~a{position:relative;z-index:1}
table{border-collapse:collapse;width:100%}td{padding:.35rem 0;border-bottom:1px solid var(--line)}td:last-child{text-align:right;font-variant-numeric:tabular-nums}
tr.sum td{font-weight:700;border-bottom:0}
blockquote{margin:.2rem 0 .8rem;padding-left:.8rem;border-left:3px solid var(--line);white-space:pre-line;overflow-wrap:anywhere}q{white-space:pre-line}p:has(+blockquote){margin-bottom:0}
img{max-width:100%;height:auto;border-radius:9px}
.sent li{display:flex;flex-wrap:wrap;align-items:center;gap:.75rem}.sent span{flex:1;min-width:60%}.sent img,.sent i{width:4rem;height:4rem;object-fit:cover;flex:none;border-radius:9px;background:var(--back)}
progress{width:100%;accent-color:var(--go)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
`;
/** A small picture for the browser's tab. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d5b3f"/><path d="M19 7v12.5a5 5 0 0 1-10 .5" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/></svg>`;
export const ICON_PATH = '/icon.svg';

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');

/**
 * @param formsGoTo besides this server: where a posted form is sent on to, which browsers hold against the policy too
 * @param script the one that may run
 * @param sends whether it sends files from here, and shows them as it does
 */
export function contentPolicy(
  formsGoTo: readonly string[] = [],
  script: string | null = null,
  { sends = false }: { readonly sends?: boolean } = {},
): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${hashOf(STYLE)}'`,
    ...(script === null ? [] : [`script-src 'sha256-${hashOf(script)}'`]),
    `img-src 'self'${sends ? ' blob:' : ''}`,
    ...(sends ? ["connect-src 'self'"] : []),
    `form-action 'self'${formsGoTo.map((each) => ` ${each}`).join('')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Of every page: nothing of it is kept or framed, and where one came from is told nobody else. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  // With none at all browsers would not say of a form where it was sent from.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
};

type Page = {
  readonly title: string;
  readonly body: Html;
  readonly wide?: boolean;
  /** What stands beside the name of the house, where somebody is signed in. */
  readonly who?: Html | string;
  /** Where that name leads. */
  readonly home?: string;
};

export function page({ title, body, wide = false, who = '', home = '/' }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Jobwright</title><link rel="icon" type="image/svg+xml" href="${ICON_PATH}"><style>${raw(STYLE)}</style></head>
<body><main class="${wide ? 'wide' : ''}"><header><a class="brand" href="${home}">Jobwright</a>${who}</header>${body}</main></body>
</html>`;
}

/** A page that says one thing. */
export function notice(title: string, words: string, more: Html | string = ''): Html {
  return page({ title, body: html`<div class="card"><h1>${title}</h1><p>${words}</p>${more}</div>` });
}
