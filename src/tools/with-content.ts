// What `fetch` answers with for a file: its content beside what is said of it, and a link to it where one can be opened.
import type { StoredFile } from '../domain/file.ts';
import { refOf } from '../kinds/reference.ts';
import type { Effects } from '../services/context.ts';
import { contentOf } from '../services/search/records.ts';
import { withFlaws } from '../services/site/showing.ts';
import type { Extra } from './define-tool.ts';
import { chat } from '../printers/chat.ts';
import { contentBlocks } from '../printers/file.ts';
import { wordsInFile } from '../printers/record.ts';

type TextAnswer = { readonly id: string; readonly text: string; readonly url: string; readonly metadata: object };

export async function withContent<R extends TextAnswer>(
  record: R,
  file: StoredFile | null,
  effects: Effects,
): Promise<{ output: R & { metadata: R['metadata'] & { downloadUrl?: string } }; extras?: Extra[] }> {
  if (file === null) return { output: record };
  const downloadUrl = await effects.linkTo?.('download', 'fetch', { id: record.id });
  const metadata = { ...record.metadata, ...(downloadUrl === undefined ? {} : { downloadUrl }) };
  const content = await contentOf(effects, file);
  const [{ flaw } = file] = await withFlaws(effects, [file]);
  const about = { ref: refOf('file', file.id), size: file.size, flaw };
  const more = content.kind === 'text' ? wordsInFile(content) : contentBlocks(about, content, downloadUrl);
  const text = [record.text, ...(more.length === 0 ? [] : [chat(more)])].join('\n');
  const output = { ...record, metadata, text };
  if (content.kind !== 'image' && content.kind !== 'file') return { output };
  const mimeType = content.kind === 'image' ? content.mediaType : file.mediaType;
  const extra = { kind: content.kind, base64: content.base64, fileName: file.name, mimeType, uri: record.url };
  return { output, extras: [extra] };
}
