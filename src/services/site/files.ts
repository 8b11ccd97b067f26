// Files on customers, jobs and expenses: taking them in, finding them, and keeping their bytes in order.
import { codeOf, unread, unreadProblem } from '../../domain/disk.ts';
import { invalid, Problem, refused } from '../../domain/errors.ts';
import {
  fileName,
  FILE_TYPES,
  isPicture,
  SEEN_BY_MODELS,
  usualKind,
  type FileKind,
  type Flaw,
  type FileTypeName,
  type StoredFile,
} from '../../domain/file.ts';
import type { Expense } from '../../domain/cost.ts';
import type { Job } from '../../domain/job.ts';
import type { Named } from '../../domain/named.ts';
import { refOf } from '../../kinds/reference.ts';
import { readAllowed } from '../../files/folders.ts';
import { checkSize } from '../../files/size.ts';
import type { InspectedFile } from '../../files/look.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { AuditProgress } from '../../store/audit/book.ts';
import { fileById, filesByHash, insertFile, listFiles, storedFiles, type NewFile } from '../../store/books/files.ts';
import { jobById } from '../../store/books/jobs.ts';
import type { Store, WriteScope } from '../../store/scope.ts';
import type { Effects, WriteContext } from '../context.ts';
import { resolveCustomer, resolveExpense, resolveFile, resolveJob } from '../resolve/resolve.ts';
import { visibleFiles, type VisibleBooks } from '../shared/visibility.ts';
import { flawOfPicture, keepFlaw, showingOf } from './showing.ts';
import { othersGoOn } from '../resolve/over-and-going-on.ts';
import { resolvePartyFor } from '../resolve/resolve-party.ts';
import { says, type Message } from '../../domain/message.ts';

/** As ChatGPT hands over a file of a conversation. https://developers.openai.com/apps-sdk/reference */
type ConversationFile = { readonly download_url: string; readonly file_name?: string | undefined };

export type FileInput = {
  /** In base64. */
  readonly content?: string | undefined;
  readonly path?: string | undefined;
  readonly file?: ConversationFile | undefined;
  readonly name?: string | undefined;
  readonly keepLocation?: boolean | undefined;
};

/** How a file comes: its bytes, stored already, or a link for them; what only the conversation has is not fetched for a preview. */
export type Incoming = Received | { readonly uploadUrl: string } | { readonly unfetched: string };

/** @param call as it is put off, where no bytes came with it. @throws Problem where they are not kept here */
export async function takeIn(
  effects: Effects,
  input: FileInput,
  call: { readonly tool: string; readonly args: Readonly<Record<string, unknown>> },
): Promise<Incoming> {
  const { content, path, file } = input;
  if (content === undefined && path === undefined && file === undefined && effects.linkTo !== null && !effects.preview)
    return { uploadUrl: await effects.linkTo('upload', call.tool, call.args) };
  if (file === undefined || !effects.preview) return await receiveFile(effects, input);
  conversationIn(effects).check(file.download_url, 'file');
  return { unfetched: input.name ?? file.file_name ?? 'the file' };
}

/** A file whose bytes are stored, before any record names it. */
export type Received = Pick<NewFile, 'name' | 'mediaType' | 'size' | 'hash'> &
  Pick<InspectedFile, 'locationRemoved'> &
  Judged;

/** What is wrong with it, and the library without which no model sees it. */
type Judged = { readonly flaw: Flaw | null; readonly lacks: 'sharp' | 'libheif-js' | null };

/** Reads, judges and stores the bytes; in a preview they are not stored. @throws Problem where they are not kept here */
async function receiveFile(effects: Effects, input: FileInput): Promise<Received> {
  const sent = await sentBy(effects, input);
  const looked = await effects.inWorker('look-at-file', { ...sent, keepLocation: input.keepLocation === true });
  const { bytes, hash, locationRemoved, flaw } = looked;
  const type = FILE_TYPES[looked.type];
  if (!effects.preview) await effects.files.put(effects.accountId, hash, bytes);
  const judged = await judge(effects, { hash, mediaType: type.mediaType, flaw }, bytes);
  return {
    name: fileName(sent.name === '' ? usualName(looked.type) : sent.name, type),
    ...{ mediaType: type.mediaType, size: bytes.length, hash, locationRemoved, ...judged },
  };
}

type Kept = Pick<StoredFile, 'hash' | 'mediaType'> & Pick<InspectedFile, 'flaw'>;

/** A picture is decoded now, so that whoever sent it learns while they have the right one that it is broken. */
async function judge(effects: Effects, kept: Kept, bytes: Uint8Array): Promise<Judged> {
  if (kept.flaw !== null) await keepFlaw(effects, kept.hash, kept.flaw);
  if (!isPicture(kept.mediaType)) return { flaw: kept.flaw, lacks: null };
  // Where others are waiting it is decoded when somebody asks for it.
  const showing = await showingOf(effects, kept, async () => bytes).catch((error: unknown) => {
    if (error instanceof Problem) return null;
    throw error;
  });
  if (showing?.kind === 'unseen') return { flaw: flawOfPicture(showing.why), lacks: null };
  const lacks = showing?.kind === 'no library' && !SEEN_BY_MODELS.has(kept.mediaType) ? showing.library : null;
  return { flaw: null, lacks };
}

/** The bytes themselves, or their base64, which is read where they are looked through. */
async function sentBy(effects: Effects, { content, path, file, name }: FileInput) {
  const { accountId, folders, linkTo } = effects;
  if (content !== undefined && path !== undefined) throw refused(says('file.content-or-path'), 'path');
  if (file !== undefined) {
    if (content !== undefined || path !== undefined) throw refused(says('file.one-source'), 'file');
    const bytes = await conversationIn(effects).fetch(file.download_url, { accountId, field: 'file' });
    checkSize(bytes.length, 'file');
    return { field: 'file', content: bytes, name: name ?? file.file_name ?? '' };
  }
  if (content !== undefined) return { field: 'content', content, name: name ?? '' };
  if (path === undefined) throw refused(says('file.no-content'), 'content');
  // Who calls from elsewhere has their files elsewhere.
  if (folders.length === 0 && linkTo !== null) throw refused(says('file.no-path-here'), 'path');
  const found = await readAllowed(path, folders, 'path');
  return { field: 'path', content: found.bytes, name: name ?? found.name };
}

/** @throws Problem that says how it is switched on */
function conversationIn({ conversation, linkTo }: Effects) {
  if (conversation !== null) return conversation;
  throw refused(says('file.conversations-not-fetched', { link: linkTo !== null }), 'file');
}

function usualName(type: FileTypeName): string {
  return isPicture(FILE_TYPES[type].mediaType) ? 'photo' : 'document';
}

export type AttachInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly expense?: string | undefined;
  readonly kind?: FileKind | undefined;
  readonly caption?: string | undefined;
};

export type Attached = {
  readonly file: StoredFile;
  readonly summary: Message;
  readonly warnings: readonly Message[];
};

/** The same bytes are attached to one place once, however they come, unless they are meant twice. */
export async function attachFile(scope: WriteContext, input: AttachInput, received: Received): Promise<Attached> {
  const place = await placeFor(scope, input);
  const { customer, job, expense } = place;
  const { locationRemoved, flaw, lacks, ...bytes } = received;
  const same = scope.allowDuplicate ? null : await sameFile(scope, place, bytes.hash);
  if (same !== null)
    return {
      file: same,
      summary: says('log.very-same-file', { file: refOf('file', same.id), name: same.name, on: onPlace(place) }),
      warnings: [],
    };
  if (input.kind === 'photo' && !isPicture(bytes.mediaType))
    throw invalid('kind', says('file.no-picture', { name: bytes.name }));
  const wanted = input.kind ?? usualKind(bytes.mediaType, expense !== null);
  const earlier = wanted === 'receipt' ? (expense?.receipt ?? null) : null;
  // Kept all the same, beside the receipt that is there already.
  const isHeldBack = earlier !== null && flaw === 'damaged';
  const id = await insertFile(scope, {
    file: {
      ...bytes,
      customerId: customer?.id ?? null,
      jobId: job?.id ?? null,
      expenseId: expense?.id ?? null,
      walkAndTalkId: null,
      kind: isHeldBack ? usualKind(bytes.mediaType, false) : wanted,
      caption: input.caption ?? null,
    },
    sample: false,
    at: scope.now,
  });
  const attached = {
    file: refOf('file', id),
    name: bytes.name,
    on: onPlace(place),
    placeRemoved: locationRemoved,
    inPlaceOf: earlier === null || isHeldBack ? null : refOf('file', earlier.id),
    flaw,
    isPicture: isPicture(bytes.mediaType),
    receiptStays: isHeldBack ? refOf('file', earlier.id) : null,
  };
  const log = (kind: 'file' | 'job' | 'customer' | 'expense', record: number) =>
    scope.journal.log({ kind, id: record, entry: 'site', said: says('log.file-attached', attached) });
  log('file', id);
  if (job !== null) log('job', job.id);
  else if (customer !== null) log('customer', customer.id);
  if (expense !== null) log('expense', expense.id);
  const file = await fileById(scope, id);
  if (file === null) throw new Error(`file ${id} vanished within its own write`);
  const ended = { said: input.job, job: place.said ?? null, on: scope.today, ref: attached.file, isExpense: false };
  return {
    file: flaw === null ? file : { ...file, flaw },
    summary: says('log.attached', { ...attached, lacks }),
    warnings: await othersGoOn(scope, ended),
  };
}

/** @throws Problem where a file for this would find no place */
export async function placeNamed(scope: WriteScope, input: AttachInput): Promise<string> {
  const { ref, name } = onPlace(await placeFor(scope, input));
  return `${ref} ${name}`;
}

function onPlace({ customer, job, expense }: FiledOn): { readonly ref: string; readonly name: string } {
  if (expense !== null) return { ref: refOf('expense', expense.id), name: expense.description };
  if (job !== null) return { ref: refOf('job', job.id), name: job.name };
  return { ref: refOf('customer', customer.id), name: customer.name };
}

/** Among those that this caller sees: whoever may not see a file is not told that it is there. */
async function sameFile(scope: WriteContext, place: FiledOn, hash: string): Promise<StoredFile | null> {
  const { customer, job, expense } = place;
  const where = {
    jobId: job?.id ?? null,
    ...(customer === null ? {} : { customerId: customer.id }),
    ...(expense === null ? {} : { expenseId: expense.id }),
  };
  const same = await listFiles(scope, { ...where, hash, ...visibleFiles(scope) }, { limit: MOST_SAME, before: null });
  return same.find(({ expenseId }) => expenseId === (expense?.id ?? null)) ?? null;
}

/** The same bill may be the receipt of several expenses. */
const MOST_SAME = 50;

/** @property said the job that was named, where it is not the one of an expense */
type FiledOn = { readonly said?: Job | null } & (
  | { readonly customer: Named; readonly job: Pick<Job, 'id' | 'name'> | null; readonly expense: null }
  | { readonly customer: Named; readonly job: Job; readonly expense: Expense }
  | { readonly customer: null; readonly job: null; readonly expense: Expense }
);

/**
 * The expense with its job and customer, or with neither where it is overhead, the job with its customer, or the customer
 * alone; what else was said must agree.
 */
async function placeFor(scope: WriteScope, { customer, job, expense }: AttachInput): Promise<FiledOn> {
  if (expense === undefined) {
    if (customer === undefined && job === undefined) throw refused(says('file.say-whose'), 'job');
    return { ...(await resolvePartyFor(scope, { customer, job })), expense: null };
  }
  const on = await resolveExpense(scope, { ref: expense, field: 'expense', intent: 'write' });
  if (on.job === null) {
    const field = job !== undefined ? 'job' : customer !== undefined ? 'customer' : null;
    if (field === null) return { customer: null, job: null, expense: on };
    throw refused(says('file.overhead-is-nowhere', { expense: refOf('expense', on.id), field }), field);
  }
  const its = await jobById(scope, on.job.id);
  if (its === null) throw new Error(`the job of expense ${on.id} is missing`);
  const disagrees = (field: 'job' | 'customer', ref: string, real: string) =>
    refused(says('file.not-where-expense-is', { ref, expense: refOf('expense', on.id), real, field }), field);
  if (job !== undefined) {
    const said = await resolveJob(scope, { ref: job, field: 'job', intent: 'write' });
    if (said.id !== its.id) throw disagrees('job', refOf('job', said.id), refOf('job', its.id));
  }
  if (customer !== undefined) {
    const said = await resolveCustomer(scope, { ref: customer, field: 'customer', intent: 'write' });
    if (said.id !== its.customer.id)
      throw disagrees('customer', refOf('customer', said.id), refOf('customer', its.customer.id));
  }
  return { customer: its.customer, job: its, expense: on };
}

/** @throws Problem where this caller does not see it */
export async function getFile(scope: VisibleBooks, ref: string): Promise<StoredFile> {
  return await resolveFile(scope, { ref, field: 'file', intent: 'read' });
}

/** What the system says of bytes that are not in their place; any other error of its tells of none that are gone. */
const GONE: ReadonlySet<string> = new Set(['', 'ENOENT', 'ENOTDIR', 'EISDIR']);

/** The bytes of a file, checked against their hash. @throws Problem where they are gone, damaged, or cannot be read */
export async function loadBytes(
  { files, accountId }: Pick<Effects, 'files' | 'accountId'>,
  file: Pick<StoredFile, 'id' | 'name' | 'hash'>,
): Promise<Uint8Array> {
  return await reading(file, async () => await files.get(accountId, file.hash));
}

async function reading<T>(file: Pick<StoredFile, 'id' | 'name'>, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // A store that is away says so itself: nothing is known of the bytes.
    if (error instanceof Problem) throw error;
    const code = codeOf(error);
    if (!GONE.has(code)) throw unreadProblem(code, `${refOf('file', file.id)} ${file.name}`);
    throw new Problem('unavailable', says('file.bytes-lost', { ref: refOf('file', file.id), name: file.name }));
  }
}

/** The same piece by piece, for who may take them slowly. */
export async function streamBytes(
  { files, accountId }: Pick<Effects, 'files' | 'accountId'>,
  file: Pick<StoredFile, 'id' | 'name' | 'hash'>,
): Promise<ReadableStream<Uint8Array>> {
  return await reading(file, async () => await files.stream(accountId, file.hash));
}

type Keeping = { readonly store: Store; readonly files: FileStore; readonly accountId: number };

function whyUnread(error: unknown): Message {
  if (error instanceof Problem) return error.said;
  return GONE.has(codeOf(error)) ? says('file.bytes-missing') : unread(codeOf(error), 'its bytes');
}

/** Reads all bytes that must be there. @returns how many files of bytes were looked at, and what is wrong */
export async function checkFiles(
  { store, files, accountId }: Keeping,
  progress: AuditProgress = () => {},
): Promise<{ looked: number; faults: Message[] }> {
  const known = await store
    .look(accountId, async (scope) => ({ sizes: await storedFiles(scope), filesOf: await filesByHash(scope) }))
    .catch(() => null);
  if (known === null) return { looked: 0, faults: [says('file.list-unread')] };
  const faults: Message[] = [];
  let looked = 0;
  for (const [hash, stored] of known.sizes) {
    const refs = (known.filesOf.get(hash) ?? []).map((id) => refOf('file', id));
    const fault = await files
      .get(accountId, hash)
      .then(
        ({ length: size }) => (size === stored ? null : says('file.bytes-of-other-size', { size, stored })),
        whyUnread,
      );
    if (fault !== null) faults.push(says('file.bytes-at-fault', { refs, hash: hash.slice(0, 12), fault }));
    looked += 1;
    progress('stored files', looked, known.sizes.size);
  }
  return { looked, faults };
}
