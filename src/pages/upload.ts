// The page on which somebody who is not signed in sends files for one job. It shows the job's name, what came by this very
// page, and nothing else of the books.
import type { Flaw } from '../domain/file.ts';
import { html, raw } from 'hono/html';
import { LARGEST_FILE } from '../domain/file.ts';
import { notice, page } from './layout.ts';
import type { Html } from '../printers/html.ts';

export type UploadOutcome =
  | {
      readonly kind: 'kept';
      readonly ref: string;
      readonly isPicture: boolean;
      readonly locationRemoved: boolean;
      readonly flaw?: Flaw | undefined;
    }
  | { readonly kind: 'there already' }
  | { readonly kind: 'not kept'; readonly why: string };

/** One file that was sent, and what came of it. */
export type SentFile = { readonly name: string; readonly outcome: UploadOutcome };

export function outcomeInWords(outcome: UploadOutcome): string {
  if (outcome.kind === 'there already') return 'is there already: not added again';
  if (outcome.kind === 'not kept') return `was not added. ${outcome.why}`;
  const where = outcome.locationRemoved ? ', without the place where it was taken' : '';
  return outcome.flaw === undefined ? `is there${where}` : `is there${where}. ${FLAWS[outcome.flaw]}`;
}

const FLAWS: Readonly<Record<Flaw, string>> = {
  damaged: 'But it is damaged: send it again, whole.',
  locked: 'A password protects it: send a copy that opens without, too.',
  'too large': 'It is too large to be shown: send a smaller one, too.',
};

const KINDS = 'image/*,application/pdf,.doc,.docx,.xls,.xlsx,.txt,.csv,.zip';
const inMb = (bytes: number) => Math.floor(bytes / 1024 / 1024);

/** Before it is opened: whoever looks at a link to show what is behind it, as messengers do, opens nothing. */
export function startUploadPage(path: string): Html {
  return page({
    title: 'Send photos',
    body: html`<form class="card" method="post" action="${path}/start"><h1>Send photos and files</h1>
<p>Tap Start on the phone or computer that has them. The page then works there alone, for 15 minutes.</p><button>Start</button></form>`,
  });
}

export type UploadView = {
  readonly path: string;
  readonly job: string;
  readonly minutesLeft: number;
  readonly filesLeft: number;
  readonly bytesLeft: number;
  /** What came by it, the newest first. */
  readonly kept: readonly { readonly ref: string; readonly name: string; readonly isPicture: boolean }[];
  /** What was just sent. */
  readonly sent: readonly SentFile[];
  readonly error: string | null;
};

export function uploadingPage({ path, job, minutesLeft, filesLeft, bytesLeft, kept, sent, error }: UploadView): Html {
  const now = new Set(sent.map(({ outcome }) => (outcome.kind === 'kept' ? outcome.ref : '')));
  const before = kept.filter(({ ref }) => !now.has(ref));
  const shown = ({ ref, isPicture }: { ref: string; isPicture: boolean }) =>
    isPicture ? html`<img src="${path}/${ref}" alt="" loading="lazy">` : html`<i></i>`;
  return page({
    title: 'Send photos',
    body: html`<form class="card" id="send" method="post" action="${path}" enctype="multipart/form-data" data-largest="${LARGEST_FILE}">
<h1>Send photos and files</h1><p>They go to <b>${job}</b>.</p>
${error === null ? '' : html`<p class="bad" role="alert">${error}</p>`}
<label for="files">Photos and files</label><input id="files" name="file" type="file" multiple accept="${KINDS}">
<label for="camera">Or take a photo</label><input id="camera" name="file" type="file" accept="image/*" capture="environment">
<p class="soft">At most ${LARGEST_FILE / 1024 / 1024} MB each. Where a photo was taken is removed from it.</p>
<noscript><p class="soft">Send a few at a time: ${inMb(AT_ONCE)} MB go at once.</p></noscript>
<button>Send</button></form>
<div class="card"><h2>Sent</h2><ul class="rows sent" id="sent" aria-live="polite">${sent.map(({ name, outcome }) => html`<li>${outcome.kind === 'kept' ? shown(outcome) : html`<i></i>`}<span><b>${name}</b> ${outcomeInWords(outcome)}</span></li>`)}${before.map((each) => html`<li>${shown(each)}<span><b>${each.name}</b> is there</span></li>`)}</ul>
<p class="soft" id="room">${roomInWords({ filesLeft, bytesLeft })}</p>
<p class="soft">This page ends in ${minutesLeft === 1 ? '1 minute' : `${minutesLeft} minutes`}. What was sent stays.</p></div>
<form method="post" action="${path}/end"><button class="plain">I am done: end this page</button></form>
<script>${raw(SENDING)}</script>`,
  });
}

/** Of a form that is sent whole, where no script sends one file after the other. */
export const AT_ONCE = 2 * LARGEST_FILE;

export function roomInWords({
  filesLeft,
  bytesLeft,
}: {
  readonly filesLeft: number;
  readonly bytesLeft: number;
}): string {
  return `Room for ${filesLeft === 1 ? '1 more file' : `${filesLeft} more files`} and ${inMb(bytesLeft)} MB.`;
}

/** The same for an unknown, an ended and a past one. */
export function uploadEndedPage(): Html {
  return notice(
    'This link has ended',
    'What was sent is safe. To send more, ask whoever gave you the link for a new one.',
  );
}

/** @param path where its giver ends it; null for everybody else */
export function openedElsewherePage(path: string | null): Html {
  return notice(
    'Opened on another phone',
    'This link works only in the browser that opened it first. Go on there, or ask whoever gave it to you for a new one.',
    path === null
      ? ''
      : html`<form method="post" action="${path}/end"><button class="plain">End it there</button></form>`,
  );
}

/** Sends each file as soon as it is chosen, also one chosen before this ran, one after the other, and shows how far it is. */
export const SENDING = `
(() => {
  const form = document.getElementById('send'), list = document.getElementById('sent'), room = document.getElementById('room');
  const queue = [];
  let busy = false;
  form.querySelector('button').hidden = true;
  const say = (item, words) => { item.words.textContent = ' ' + words; };
  const add = (file) => {
    const row = document.createElement('li'), text = document.createElement('span'), name = document.createElement('b');
    const item = { file, row, words: document.createElement('span'), bar: document.createElement('progress') };
    let shown = document.createElement('i');
    if (/^image\\//.test(file.type)) {
      shown = document.createElement('img');
      shown.alt = '';
      shown.src = URL.createObjectURL(file);
      shown.onload = () => URL.revokeObjectURL(shown.src);
      shown.onerror = () => shown.replaceWith(document.createElement('i'));
    }
    name.textContent = file.name;
    text.append(name, item.words);
    row.append(shown, text, item.bar);
    list.prepend(row);
    if (file.size > Number(form.dataset.largest)) {
      item.bar.remove();
      say(item, 'was not added: it is larger than 10 MB.');
    } else {
      say(item, 'waits');
      queue.push(item);
    }
  };
  const again = (item, words) => {
    say(item, words);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'small';
    button.textContent = 'Send again';
    button.onclick = () => { button.remove(); item.row.append(item.bar); queue.push(item); next(); };
    item.bar.remove();
    item.row.append(button);
  };
  const next = () => {
    const item = busy ? undefined : queue.shift();
    if (item === undefined) return;
    busy = true;
    say(item, 'is being sent');
    const request = new XMLHttpRequest(), body = new FormData();
    body.append('file', item.file);
    request.open('POST', form.action);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => { if (event.lengthComputable) { item.bar.max = event.total; item.bar.value = event.loaded; } };
    request.onload = () => {
      let said = null;
      try { said = JSON.parse(request.responseText); } catch { said = null; }
      if (request.status === 404 || request.status === 403) return void location.reload();
      if (said === null || said.error) again(item, 'was not added. ' + (said === null ? 'Try again.' : said.error));
      else { item.bar.remove(); say(item, said.sent[0].words); room.textContent = said.room; }
    };
    request.onerror = () => again(item, 'was not sent: there is no connection.');
    request.onloadend = () => { busy = false; next(); };
    request.send(body);
  };
  const take = (input) => {
    [...input.files].forEach(add);
    input.value = '';
    next();
  };
  for (const input of form.querySelectorAll('input')) {
    input.addEventListener('change', () => take(input));
    take(input);
  }
  form.addEventListener('submit', (event) => event.preventDefault());
})();
`;
