// Reads the tests themselves with a parser, and names what no test may do. It is given texts by path, so that a test can
// plant a fault.
import { parseSync } from 'rolldown/utils';
import { isNode, type Node, walk } from './syntax.ts';

export type Sources = ReadonlyMap<string, string>;

/** What is about SQLite itself: its locks, its log, its pages, its rot, power cuts under it, and how fast it is. */
const OF_SQLITE = [
  'test/support/engines/sqlite.ts',
  'test/store/engine/sqlite.test.ts',
  'test/store/engine/migrate.test.ts',
  'test/store/engine/before-opening.test.ts',
  'test/store/engine/audit-rot.property.test.ts',
  'test/store/engine/rot.ts',
  'test/store/engine/children/',
  'test/faults/children/',
  'test/bench/seed.ts',
  'test/bench/main.ts',
];

const isOfSqlite = (path: string) => OF_SQLITE.some((place) => path.startsWith(place));

function treeOf(path: string, text: string): unknown {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  return program;
}

/** Every file or package that a file imports, in whichever way. */
function importsOf(path: string, text: string): string[] {
  const imports: string[] = [];
  walk(treeOf(path, text), (node) => {
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
    .filter(([path, text]) => !isOfSqlite(path) && text.includes('sqlite'))
    .flatMap(([path, text]) =>
      importsOf(path, text)
        .filter((to) => to === 'better-sqlite3' || to === 'src/store/engine/sqlite.ts')
        .map((to) => `${path} imports ${to}: tests reach the store through test/support/store.ts`),
    );
}

/** Where time is let pass with a reason, and where it is what is measured. */
const KNOWS_TIME = ['test/support/time.ts', 'test/bench/'];

/** Waits of a fixed length, which make a test slow where the machine is quick, and fail where it is slow. */
export function fixedSleeps(sources: Sources): string[] {
  const found: string[] = [];
  for (const [path, text] of sources) {
    if (KNOWS_TIME.some((place) => path.startsWith(place)) || !/\bsetTimeout\b|\bwait/.test(text)) continue;
    walk(treeOf(path, text), (node) => {
      const what = node.type === 'CallExpression' && isNode(node.callee) ? sleepIn(node.callee) : undefined;
      const isImported =
        node.type === 'ImportSpecifier' && isNode(node.imported) && node.imported.name === 'setTimeout';
      if (what !== undefined || isImported)
        found.push(`${path} sleeps (${what ?? 'setTimeout'}): wait with until, or say why with letPass`);
    });
  }
  return found;
}

function sleepIn(callee: Node): string | undefined {
  const name = callee.type === 'MemberExpression' && isNode(callee.property) ? callee.property.name : callee.name;
  return ['setTimeout', 'waitForTimeout', 'wait'].find(
    (each) => each === name && (each !== 'wait' || callee.type === 'MemberExpression'),
  );
}

/** Every file among these that, by what it imports and types too, leads back to itself. */
export function circles(sources: Sources): string[] {
  const imports = new Map([...sources].map(([path, text]) => [path, placesNamed(path, text)]));
  return [...sources.keys()].filter((start) => {
    const reached = new Set(imports.get(start));
    // A Set's iteration also visits what is added meanwhile.
    for (const path of reached) for (const to of imports.get(path) ?? []) reached.add(to);
    return reached.has(start);
  });
}

/** The files that a text names in imports of any kind; this is asked of every file, so it is not parsed for it. */
function placesNamed(path: string, text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, to = '']) =>
    new URL(to, `file:///${path}`).pathname.slice(1),
  );
}
