// One bundle: the entry that checks Node, the program behind it, and a chunk per lazy import. Loading from source
// costs more than half of a cold start, so everything goes in but what carries files of its own (the database's
// driver; the PDF library, whose fonts are files of packages too). What runs in workers is a second bundle in a folder
// of its own: sharing chunks with it would make a start load more of them.
import { chmodSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { defineConfig, type Plugin } from 'rolldown';
import decompress from 'woff2-encoder/decompress';
import { FONT_FILES } from './src/documents/font-files.ts';
import { TOOLS } from './src/tools/index.ts';

const contract = Object.fromEntries(
  TOOLS.flatMap((tool) => (tool.crew === null ? [tool] : [tool, tool.crew])).map(({ key, inputJson, outputJson }) => [
    key,
    { input: inputJson, output: outputJson },
  ]),
);

const common = defineConfig({
  platform: 'node',
  external: ['better-sqlite3', 'pdfkit', 'fontkit'],
  transform: { target: 'node22.14' },
});
const output = {
  cleanDir: true,
  chunkFileNames: '[name].js',
  // Not minified: it would start about 5 % sooner, and stack traces would tell nothing. Licences stay.
  comments: { legal: true, annotation: false, jsdoc: false },
};

/** The fonts of Chinese, Japanese and Korean come in packages as web fonts, which take a moment to open: here, once. */
const fonts: Plugin = {
  name: 'fonts',
  async generateBundle() {
    const require = createRequire(import.meta.url);
    const packed = {
      SourceHanSansCN: require.resolve('@librescore/fonts/SourceHanSansCN.min.woff2'),
      SourceHanSansKR: require.resolve('@librescore/fonts/SourceHanSansKR.min.woff2'),
    };
    for (const name of FONT_FILES)
      this.emitFile({
        type: 'asset',
        fileName: `fonts/${name}.otf`,
        source: await decompress(await readFile(packed[name])),
      });
  },
};

export default defineConfig([
  {
    ...common,
    input: 'src/launch.ts',
    output: { ...output, dir: 'dist' },
    plugins: [
      {
        name: 'contract',
        load: (id) =>
          id.endsWith('/src/tools/contract.ts') ? `export const CONTRACT = ${JSON.stringify(contract)};` : null,
      },
      { name: 'executable', writeBundle: ({ dir = '' }) => chmodSync(`${dir}/launch.js`, 0o755) },
    ],
  },
  {
    ...common,
    input: ['src/workers/worker.ts', 'src/workers/decoder.ts'],
    output: { ...output, dir: 'dist/workers' },
    plugins: [fonts],
  },
]);
