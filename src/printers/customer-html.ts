// A customer's paper as one HTML page that needs nothing else: no script, no link, no picture, and it prints well.
import { html, raw } from 'hono/html';
import type { PaperView } from '../views/customer/paper.ts';

type Html = ReturnType<typeof html>;

export async function paperHtml(view: PaperView): Promise<string> {
  return String(await pageOf(view));
}

function pageOf(view: PaperView): Html {
  return html`<!doctype html>
<html lang="${view.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="${view.from.name}">
<title>${view.title} ${view.ref}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
${headOf(view)}
${tableOf(view)}
${footOf(view)}
</main>
</body>
</html>
`;
}

function headOf({ ref, from, to, title, stamp, facts, subject }: PaperView): Html {
  const party = (name: string, lines: readonly string[]) =>
    html`<strong>${name}</strong>${lines.map((line) => html`<br>${line}`)}`;
  const mark = stamp === null ? '' : html`<p class="stamp ${stamp.inForce ? 'good' : 'bad'}">${stamp.text}</p>`;
  return html`<header>
<address class="from">${party(from.name, from.lines)}</address>
<div class="title"><h1>${title}</h1><p class="ref">${ref}</p>${mark}</div>
</header>
<section class="whom">
<div><h2>${to.label}</h2><address>${party(to.name, to.lines)}</address></div>
<dl>${facts.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
</section>${subject === null ? '' : html`\n<p class="subject">${subject}</p>`}`;
}

function tableOf({ lines, taxPerLine }: PaperView): Html {
  const cell = (text: string) => html`<td class="number">${text}</td>`;
  const tax = taxPerLine ? html`<th class="number">Tax</th>` : '';
  const hasUnits = lines.some((line) => line.unit !== null);
  const rows = lines.map(
    (line) =>
      html`\n<tr><td class="text">${line.description}</td>${cell(line.quantity)}${hasUnits ? html`<td>${line.unit ?? ''}</td>` : ''}${cell(line.unitPrice ?? '')}${taxPerLine ? cell(line.tax) : ''}${cell(line.amount)}</tr>`,
  );
  return html`<table class="lines">
<thead><tr><th>Description</th><th class="number">Quantity</th>${hasUnits ? html`<th>Unit</th>` : ''}<th class="number">Unit price</th>${tax}<th class="number">Amount</th></tr></thead>
<tbody>${rows}
</tbody>
</table>`;
}

function footOf({ sums, result, notes, terms, signature }: PaperView): Html {
  const cells = ({ label, amount }: { label: string; amount: string }) =>
    html`<th>${label}</th><td class="number">${amount}</td>`;
  return html`<table class="sums"><tbody>${sums.map((each) => html`\n<tr>${cells(each)}</tr>`)}
<tr class="result">${cells(result)}</tr>
</tbody></table>${notes === null ? '' : html`\n<section><h2>Notes</h2><p class="text">${notes}</p></section>`}
<p class="terms">${terms}</p>${signature ? html`\n<p class="signature"><span>Accepted by</span><span>Date</span></p>` : ''}`;
}

const STYLE = `
:root{color-scheme:light}
body{margin:0;background:#eef1f5;color:#1f2933;font:15px/1.5 "Noto Sans","Segoe UI",system-ui,"Helvetica Neue",Arial,"Noto Sans CJK SC","PingFang SC","Malgun Gothic",sans-serif}
main{box-sizing:border-box;max-width:52rem;margin:2rem auto;padding:3rem;background:#fff;box-shadow:0 1px 6px #0002}
header,.whom{display:flex;justify-content:space-between;gap:2rem}
header{border-bottom:2px solid #1f3a5f;padding-bottom:1.25rem;margin-bottom:1.5rem}
address{font-style:normal;color:#5f6b7a;overflow-wrap:anywhere}
address strong{color:#1f2933}
.from strong{font-size:1.35rem}
.title{text-align:right}
h1{margin:0;font-size:1.9rem;line-height:1.2;color:#1f3a5f}
.ref{margin:0;color:#5f6b7a}
h2{margin:0 0 .2rem;font-size:.75rem;letter-spacing:.06em;text-transform:uppercase;color:#5f6b7a}
.stamp{display:inline-block;margin:.5rem 0 0;padding:.1rem .7rem;border:2px solid;border-radius:.3rem;font-weight:700;letter-spacing:.08em}
.good{color:#1a7f4b}.bad{color:#b42318}
dl{display:grid;grid-template-columns:auto auto;gap:.1rem 1rem;margin:0;align-content:start}
dt{color:#5f6b7a}dd{margin:0;text-align:right}
.subject{margin:1.5rem 0 0;font-size:1.1rem;font-weight:700}
table{border-collapse:collapse}
.lines{width:100%;margin-top:1.5rem}
.lines th{background:#1f3a5f;color:#fff;text-align:left;font-weight:600;padding:.4rem .6rem}
.lines td{padding:.4rem .6rem;border-bottom:1px solid #d5dbe3;vertical-align:top}
.lines tr{break-inside:avoid}
.lines .number,.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.text{white-space:pre-line;overflow-wrap:anywhere}
.sums{margin:1rem 0 1.5rem auto;break-inside:avoid}
.sums th{text-align:left;font-weight:400;padding:.25rem 1.5rem .25rem .6rem}
.sums td{padding:.25rem .6rem}
.sums .result th,.sums .result td{background:#1f3a5f;color:#fff;font-weight:700;font-size:1.1rem;padding:.5rem .6rem}
.terms{margin:1.5rem 0 0;color:#5f6b7a}
.signature{display:flex;gap:2rem;margin:4rem 0 0;color:#5f6b7a;break-inside:avoid}
.signature span{flex:1;border-top:1px solid #5f6b7a;padding-top:.2rem}
.signature span:first-child{flex:3}
@media print{body{background:none;font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{margin:0;padding:0;max-width:none;box-shadow:none}@page{margin:18mm}}
@media (max-width:40rem){main{margin:0;padding:1.25rem}.lines{font-size:.85rem}.lines th,.lines td{padding:.35rem .25rem}}
`;
