// Any record that crew see, in words: for `fetch`, and for its page.
import type { VisibleAccount } from '../domain/account.ts';
import type { Kind } from '../kinds/index.ts';
import { recordView, type CrewFoundPage, type CrewRecordView } from '../views/crew/record.ts';
import { line, type Block } from './blocks.ts';
import type { Printed } from './catalogue.ts';
import { chat } from './chat.ts';
import { filePageBlocks, pageBlocks, visitText, walkPageBlocks } from './crew-work.ts';
import { inWords } from './in-words.ts';

type Reader = { readonly account: VisibleAccount; readonly urlOf: (kind: Kind, ref: string) => string };

export function workRecord(found: CrewFoundPage, { account, urlOf }: Reader) {
  const { kind, ref, title } = found.described;
  return {
    id: ref,
    title,
    text: chat(recordBlocks(inWords(recordView(found, account)))),
    url: urlOf(kind, ref),
    metadata: {
      kind: found.kind,
      ...(found.kind === 'file' ? { fileName: found.record.name, mimeType: found.record.mediaType } : {}),
    },
  };
}

export function recordBlocks(record: Printed<CrewRecordView>): Block[] {
  switch (record.kind) {
    case 'job':
      return pageBlocks(record.view);
    case 'appointment':
      return [line(visitText(record.view))];
    case 'file':
      return filePageBlocks(record.view);
    case 'walk_and_talk':
      return walkPageBlocks(record.view, record.transcript);
  }
}
