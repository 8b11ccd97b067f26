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
import type { Listed } from './src/tools/listed.ts';

const shown = TOOLS.map((tool) => ({ ...listed(tool), crew: tool.crew === null ? null : listed(tool.crew) }));

function listed(tool: Listed & { readonly key: string }) {
  const { key, name, title, description, annotations, filesIn, toolset, needsJobs, roles } = tool;
  const declared = { key, name, title, description, annotations, filesIn, toolset, needsJobs, roles };
  return { ...declared, inputJson: tool.inputJson, outputJson: tool.outputJson, crew: null };
}

/** What the list of tools is made of, as text: it is parsed faster than the same as code. */
const written: Plugin = {
  name: 'written',
  load: (id) => {
    if (id.endsWith('/src/tools/listed.ts'))
      return `export const LISTED = JSON.parse(${JSON.stringify(JSON.stringify(shown))});`;
    if (id.endsWith('/src/tools/contract.ts'))
      return `import { LISTED } from './listed.ts';
export const CONTRACT = Object.fromEntries(
  LISTED.flatMap((tool) => (tool.crew === null ? [tool] : [tool, tool.crew])).map((tool) => [
    tool.key,
    { input: tool.inputJson, output: tool.outputJson },
  ]),
);`;
    return null;
  },
};

/**
 * The SDK's validator of JSON Schema for Node is a library of 260 KB, loaded at every start for an answer of one yes or
 * no; the one that it has for everywhere else does.
 */
const validator: Plugin = {
  name: 'validator',
  resolveId: (id) => (id === '@modelcontextprotocol/server/_shims' ? SHIMS : null),
  load: (id) =>
    id === SHIMS
      ? `export { default as process } from 'node:process';
export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';`
      : null,
};
const SHIMS = '\0shims';

/** A file in which one character is not Latin is kept by V8 with two bytes for each, and read more slowly. */
const latin: Plugin = {
  name: 'latin',
  generateBundle(_, bundle) {
    for (const each of Object.values(bundle))
      if (each.type === 'chunk')
        each.code = each.code.replaceAll(
          /[^\0-\x7f]/g,
          (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  },
};

const common = defineConfig({
  platform: 'node',
  external: ['better-sqlite3', 'pg', '@aws-sdk/client-s3', 'pdfkit', 'fontkit'],
  transform: { target: 'node22.14' },
  // A package calls eval for functions of its own making, and nothing can be done about it here.
  onLog: (level, log, handle) => {
    if (log.code !== 'EVAL' || !/\/node_modules\/(?:.*\/)?depd\//.test(log.id ?? log.loc?.file ?? log.message))
      handle(level, log);
  },
});
const output = {
  cleanDir: true,
  chunkFileNames: '[name].js',
  // Not minified: it would start about 5 % sooner, and stack traces would tell nothing. Licences stay.
  comments: { legal: true, annotation: false, jsdoc: false },
};

/**
 * Node's own modules are taken as they are. An `import` of one reads every property that it has, and so loads all that
 * Node itself would load only when it is used: 30 modules for `process` and `util`, the web's cryptography for `crypto`.
 * Not in an entry: what checks Node must load on one that is too old.
 */
const builtins: Plugin = {
  name: 'builtins',
  renderChunk: (code, { isEntry }) =>
    isEntry
      ? null
      : code
          .replaceAll(/^import (.+) from "(node:.+)";$/gm, taken)
          // An import of CommonJS reads its source for what it exports, before it is run.
          .replaceAll(
            /^import (\w+) from "better-sqlite3";$/gm,
            'const $1 = globalThis.process.getBuiltinModule("node:module").createRequire(import.meta.url)("better-sqlite3");',
          ),
};

function taken(_: string, what: string, id: string): string {
  const all = `globalThis.process.getBuiltinModule("${id}")`;
  if (what.includes('default as')) throw new Error(`the default of ${id} is taken by its own name: ${what}`);
  const [, whole, , names] = /^(?:\* as )?([\w$]+)?(, )?(\{.+\})?$/.exec(what) ?? [];
  return [whole, names?.replaceAll(' as ', ': ')]
    .flatMap((part) => (part === undefined ? [] : [`const ${part} = ${all};`]))
    .join('\n');
}

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
    output: {
      ...output,
      dir: 'dist',
      // What is loaded together is one file with all that it needs, and not one for each set of chunks that share it.
      codeSplitting: {
        groups: [
          { name: 'command-line', test: /\/src\/(?:commands\/command-line|version)\.ts$/, priority: 3 },
          // What stdio and what the books are opened with have in common.
          {
            name: 'look',
            test: /\/src\/(?:commands\/first-look|domain\/json|store\/clock|tools\/(?:listed|listing))\.ts$|\/node_modules\/zod\//,
            priority: 2.5,
          },
          { name: 'stdio', test: /\/src\/commands\/stdio\.ts$/, priority: 2.2 },
          { name: 'book', test: /\/src\/commands\/book\.ts$/, priority: 2 },
          { name: 'server', test: /\/src\/server\.ts$/, priority: 1 },
        ],
      },
    },
    plugins: [
      builtins,
      written,
      validator,
      latin,
      { name: 'executable', writeBundle: ({ dir = '' }) => chmodSync(`${dir}/launch.js`, 0o755) },
    ],
  },
  {
    ...common,
    input: ['src/workers/worker.ts', 'src/workers/decoder.ts'],
    output: { ...output, dir: 'dist/workers' },
    plugins: [builtins, fonts],
  },
]);
