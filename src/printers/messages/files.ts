import type { FileMessages } from '../../domain/messages/files.ts';
import type { Catalogue } from '../catalogue.ts';

const NO_BASE64 = {
  'data address': () => 'this data: URL is not in base64.',
  'other characters': () => 'this has other characters in it.',
  'cut off': (length: number) => `this was cut off: ${length} characters do not come out even.`,
};

/** Their addresses end after a few minutes. */
const AGAIN = 'Attach it to the conversation again and call again.';
const INSTEAD = 'Leave file out to learn another way.';

export const fileMessages: Catalogue<FileMessages> = {
  'file.bytes-at-fault': ({ refs, hash, fault }) =>
    `${refs.length === 0 ? 'a file that an undo may need' : refs.join(', ')}: ${fault} (${hash}…)`,
  'file.bytes-of-other-size': ({ size, stored }) => `has ${size} bytes, not ${stored}`,
  'file.bytes-missing': () => 'its bytes are missing, or are not what was stored',
  'file.list-unread': () => 'which files are stored could not be read: the book is damaged there',
  'bucket.no-library': () =>
    'Files in a bucket need the client of Amazon S3, which is not installed here: npm install @aws-sdk/client-s3',
  'bucket.no-keys': () =>
    'No keys for the bucket of the files were found, so nothing was saved. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or any other way that the AWS client knows.',
  'bucket.no-region': () =>
    'Which region the bucket of the files is in is not known, so nothing was saved. Add region= to --files-store, or set AWS_REGION.',
  'bucket.not-there': () => 'There is no such bucket for files, so nothing was saved. --files-store says which it is.',
  'bucket.refuses': () =>
    'The bucket of the files refuses these keys, so nothing was saved. They must be allowed to list, read, write and delete there.',
  'bucket.away': () => 'The bucket of the files cannot be reached. Nothing was saved; try again in a moment.',
  'bucket.not-read-back': () =>
    'What was written to the bucket of the files was not read back the same, so nothing was saved. Try again in a moment.',
  'file.content-or-path': () => 'does not go with content: give the bytes or where they are, not both.',
  'file.one-source': () => 'does not go with content or path: give one of them.',
  'file.no-content': () =>
    'is missing. Give the bytes in base64, or path of a file in a folder that Jobwright was started with (--files FOLDER).',
  'file.no-path-here': () =>
    'leads to no file: this server takes none of its own machine. Leave it out, too, to get a link for the file.',
  'file.no-picture': ({ name }) => `${name} is no picture. Leave kind out, or use receipt, estimate or document.`,
  'file.say-whose': () => 'say what it belongs to: job (J-12), expense (E-88) or customer (C-7).',
  'file.not-where-expense-is': ({ ref, expense, real, field }) => ({
    says: `${ref} is not what ${expense} is on: that is ${real}.`,
    next: `Leave ${field} out.`,
  }),
  'file.overhead-is-nowhere': ({ expense, field }) => ({
    says: `${expense} is overhead, on no job and of no customer.`,
    next: `Leave ${field} out.`,
  }),
  'file.bytes-lost': ({ ref, name }) =>
    `the bytes of ${ref} ${name} are missing or damaged where files are kept. Restore them from a backup, or attach the file again; jobwright doctor names all such files.`,
  'receipt.of-other-customer': ({ ref, customer }) =>
    `${ref} is a file of ${customer}, and the expense is not. Attach the receipt anew.`,
  'receipt.photo-of-walk': ({ ref, walk }) => `${ref} is a photo of ${walk}. Attach the receipt as a file of its own.`,
  'receipt.belongs-to-other': ({ ref, other }) => ({
    next: `${ref} belongs to ${other} already. Take it off there first (update-job-expense, expense ${other}, receipt null), or attach another file.`,
    instead: `${ref} belongs to ${other} already. Take it off there first, or attach another file.`,
  }),
  'receipt.on-job': ({ ref, job, name }) => ({
    next: `${ref} is on ${job} ${name}. Move it with file-under-job first.`,
    instead: `${ref} is on ${job} ${name}. Move it to this job first.`,
  }),
  'file.conversations-not-fetched': ({ link }) =>
    `files of a conversation are not fetched here. Whoever runs this Jobwright can allow ChatGPT's with --file-hosts '*.oaiusercontent.com' (JOBWRIGHT_FILE_HOSTS); until then ${link ? 'leave file out to get a link for it' : 'give content or path instead'}.`,
  'file.type-not-kept': ({ is }) =>
    `this is ${is}. What is kept: PDF, Word, Excel, PowerPoint, Pages, Numbers, Keynote, text, CSV, PNG, JPEG, GIF, WebP, TIFF, HEIC and ZIP.`,
  'file.to-be-chosen': ({ where }) =>
    `The file goes to ${where} once it is chosen here, within 15 minutes, signed in as yourself; the link works once`,
  'file.to-be-fetched': ({ name, where }) => `Attached ${name} to ${where}, as it will have been fetched then`,
  'upload-link.ended': ({ where, isPreview }) =>
    `Your upload links for ${where} ${isPreview ? 'are to end' : 'have ended'}`,
  'upload-link.to-be-made': ({ where }) => `An upload link for ${where} made`,
  'upload-link.made': ({ where, files, mb }) => {
    const made = `Whoever has this link can send up to ${files} files (${mb} MB) to ${where}, without signing in, for 15 minutes on the one phone or computer that opens it first; unopened it ends in 24 hours`;
    return { next: `${made}, and uploadLink: false ends it`, instead: made };
  },
  'file.no-base64': ({ fault, length }) =>
    `must be base64 of the bytes, like "JVBERi0xLjcK…", or a data: URL with ;base64; ${NO_BASE64[fault](length)}`,
  'file.none-of-this-machine': () =>
    'files of this machine are not allowed here. Give the bytes as content, or have the owner start Jobwright with --files FOLDER (JOBWRIGHT_FILES).',
  'file.path-unread': ({ said }) => `${said} cannot be read. Check who may read it, or give content.`,
  'file.path-no-file': ({ said }) => `${said} is not a file. Give the path of one file.`,
  'file.path-elsewhere': ({ said, folders }) =>
    `there is no file ${said} inside the allowed folders (${folders.join(', ')}). Put it there, give content instead, or have the owner start Jobwright with another --files FOLDER (JOBWRIGHT_FILES).`,
  'file.too-much-in-picture': () =>
    'what stands in this picture beside the picture cannot be read through: no camera writes so much. Open it, save it as a new picture, and send that.',
  'file.empty': () => 'must not be an empty file.',
  'file.too-large': ({ size, most }) =>
    `is too large: ${size === null ? '' : `${size} MB, and `}a file may have ${most} MB. Send a smaller copy, or the file in parts.`,
  'fetching.others': () => 'Other files are being fetched just now. Try again in a moment.',
  'fetching.address': () => `its download_url must be an https address without a port. ${INSTEAD}`,
  'fetching.other-host': ({ host, hosts }) =>
    `files are not fetched from ${host}, but from ${hosts.join(', ')}. Whoever runs this Jobwright can name other hosts with --file-hosts (JOBWRIGHT_FILE_HOSTS). ${INSTEAD}`,
  'fetching.sent-elsewhere': () => `its host sends us elsewhere for it, and we do not go. ${INSTEAD}`,
  'fetching.not-given': ({ status }) => `its host did not give it (${status}). ${AGAIN}`,
  'fetching.no-public-address': () => `its host has no public address, so nothing is fetched. ${INSTEAD}`,
  'fetching.no-answer': ({ isLate }) =>
    `${isLate ? 'its host was too slow' : 'its host could not be reached'}, so nothing was attached. ${AGAIN}`,
  'doubt.files-of-other-book': () => 'The files beside this book were found to be those of another book.',
  'doubt.note-of-other-book': () => 'The note jobwright.id beside this book was found to name another book.',
  'doubt.other-history': () =>
    'Files were kept beside another copy of this book, which went on by itself: this one does not have the change that kept the last of them.',
  'doubt.note-gone': () =>
    'The note book.json of whose files these are is gone, and files are here that this book never knew: it may be an older copy.',
  'doubt.note-unreadable': () =>
    'The note book.json in the folder of the files, which says whose they are, cannot be read.',
  'doubt.older-copy': ({ keptUpTo, endsWith }) =>
    `Files were kept beside this book up to its write ${keptUpTo}, and it was found to end with write ${endsWith}: it is an older copy.`,
};
