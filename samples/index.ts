// Owns which sample book belongs to which template; loads only the one asked for.
import type { TemplateName } from '../src/domain/templates.ts';
import type { SampleBook } from './book.ts';

const BOOKS: Readonly<Record<TemplateName, () => Promise<{ readonly book: SampleBook }>>> = {
  roofing: () => import('./roofing.ts'),
  hvac: () => import('./hvac.ts'),
  plumbing: () => import('./plumbing.ts'),
  electrical: () => import('./electrical.ts'),
  landscaping: () => import('./landscaping.ts'),
  'general-contracting': () => import('./general-contracting.ts'),
  painting: () => import('./painting.ts'),
  solar: () => import('./solar.ts'),
  'real-estate': () => import('./real-estate.ts'),
  photography: () => import('./photography.ts'),
  freelance: () => import('./freelance.ts'),
  'sales-pipeline': () => import('./sales-pipeline.ts'),
};

export async function sampleBook(name: TemplateName): Promise<SampleBook> {
  const { book } = await BOOKS[name]();
  return book;
}
