// Reads the tests themselves with a parser, and names what no test may do. It is given texts by path, so that a test can
// plant a fault.
import { parseSync } from 'rolldown/utils';
import { isNode, walk } from './architecture.ts';

export type Sources = ReadonlyMap<string, string>;

/** What is about SQLite itself: its locks, its log, its pages, its rot, power cuts under it, and how fast it is. */
const OF_SQLITE = [
  'test/support/engines/sqlite.ts',
  'test/store/engine/sqlite.test.ts',
  'test/store/engine/migrate.test.ts',
  'test/store/engine/before-opening.test.ts',
  'test/store/audit-rot.property.test.ts',
  'test/store/rot.ts',
  'test/store/children/',
  'test/faults/children/',
  'test/bench/seed.ts',
  'test/bench/main.ts',
];

const isOfSqlite = (path: string) => OF_SQLITE.some((place) => path.startsWith(place));

/** Every file or package that a file imports, in whichever way. */
function importsOf(path: string, text: string): string[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  const imports: string[] = [];
  walk(program, (node) => {
    if (!/^(Import|ExportAll|ExportNamed)Declaration$|^ImportExpression$|^TSImportType$/.test(node.type)) return;
    const to = isNode(node.source) ? node.source.value : undefined;
    if (typeof to === 'string')
      imports.push(to.startsWith('.') ? new URL(to, `file:///${path}`).pathname.slice(1) : to);
  });
  return imports;
}

/** Tests that go past the seam `store.ts` to the engine under it. */
export function pastTheSeam(sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => !isOfSqlite(path))
    .flatMap(([path, text]) =>
      importsOf(path, text)
        .filter((to) => to === 'better-sqlite3' || to === 'src/store/engine/sqlite.ts')
        .map((to) => `${path} imports ${to}: tests reach the store through test/support/store.ts`),
    );
}
