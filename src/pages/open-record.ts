// A record as its page shows it, read as its own tool reads it: nobody sees more here than there.
import type { StoredFile } from '../domain/file.ts';
import { refOf } from '../kinds/reference.ts';
import type { Block } from '../printers/blocks.ts';
import { recordBlocks as crewBlocks } from '../printers/crew-record.ts';
import { contentBlocks } from '../printers/file.ts';
import { forPerson, inWords } from '../printers/in-words.ts';
import { recordBlocks, wordsInFile } from '../printers/record.ts';
import type { Effects, ReadContext } from '../services/context.ts';
import { crewPage } from '../services/search/crew-page.ts';
import { contentOf, getRecord } from '../services/search/records.ts';
import { withFlaws } from '../services/site/showing.ts';
import { recordView as crewView } from '../views/crew/record.ts';
import { recordView } from '../views/internal/record.ts';
import type { RecordPage } from './record.ts';

/** @throws Problem where this caller does not see it */
export async function openRecord(scope: ReadContext, ref: string): Promise<(effects: Effects) => Promise<RecordPage>> {
  const { file, ...record } = scope.crew === null ? await ownersRecord(scope, ref) : await crewsRecord(scope, ref);
  if (file === null) return async () => ({ ...record, file });
  return async (effects) => ({
    ...record,
    blocks: [...record.blocks, ...(await contentsOf(file, effects))],
    file: { name: file.name, isPicture: SHOWN_BY_BROWSERS.test(file.mediaType) },
  });
}

async function ownersRecord(scope: ReadContext, ref: string) {
  const found = await getRecord(scope, ref, 'id');
  return {
    id: found.ref,
    title: inWords(found.title, forPerson),
    blocks: recordBlocks(inWords(recordView(found, scope.account), forPerson)),
    isPaper: found.kind === 'quote' || found.kind === 'invoice',
    file: found.kind === 'file' ? found.page : null,
  };
}

async function crewsRecord(scope: ReadContext, ref: string) {
  const found = await crewPage(scope, ref, 'id');
  return {
    id: found.described.ref,
    title: found.described.title,
    blocks: crewBlocks(inWords(crewView(found, scope.account), forPerson)),
    isPaper: false,
    file: found.kind === 'file' ? found.record : null,
  };
}

const SHOWN_BY_BROWSERS = /^image\/(?:png|jpeg|gif|webp)$/;

/** A picture is shown as it is; a text by its words. */
async function contentsOf(file: StoredFile, effects: Effects): Promise<Block[]> {
  if (file.mediaType.startsWith('text/')) {
    const content = await contentOf(effects, file);
    if (content.kind === 'text') return wordsInFile(content);
  }
  const [{ flaw } = file] = await withFlaws(effects, [file]);
  return contentBlocks({ ref: refOf('file', file.id), size: file.size, flaw }, { kind: 'file' }, undefined);
}
