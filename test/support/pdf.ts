// A PDF as a reader sees it: its text page by page, and what its file says of itself.
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

export type ReadPdf = {
  readonly pages: readonly string[];
  readonly text: string;
  readonly info: Record<string, unknown>;
};

export async function readPdf(base64: string | undefined): Promise<ReadPdf> {
  const bytes = new Uint8Array(Buffer.from(base64 ?? '', 'base64'));
  const pdf = await getDocumentProxy(bytes);
  const { text: pages } = await extractText(pdf);
  const { info } = await getMeta(pdf);
  return { pages, text: pages.join('\n'), info };
}
