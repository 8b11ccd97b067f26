/** The fonts that the build unpacks. */
export const FONT_FILES = ['SourceHanSansCN', 'SourceHanSansKR'] as const;

/** Where the build puts one: as far from here in the sources as in the bundle of the workers. */
export function fontFile(name: (typeof FONT_FILES)[number]): URL {
  return new URL(`../../dist/workers/fonts/${name}.otf`, import.meta.url);
}
