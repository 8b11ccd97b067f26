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
  // Its rows are an earlier version's, in a file of SQLite's.
  'test/store/engine/postgres-migrate.test.ts',
  'test/bench/',
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

/** Helpers that stand twice under two names: functions whose bodies are the same but for what their own names are. */
export function doubles(sources: Sources): string[] {
  const places = new Map<string, Set<string>>();
  for (const [path, text] of sources)
    walk(treeOf(path, text), (node) => {
      const made = node.type === 'VariableDeclarator' ? node.init : node;
      if (node.type !== 'VariableDeclarator' && node.type !== 'FunctionDeclaration') return;
      if (!isNode(made) || !/Function/.test(made.type) || !isNode(made.body) || !isNode(node.id)) return;
      for (const body of [textOf(made.body, text), textOf(made.body, text, ownNames(made))])
        if (body.split('\n').length >= LEAST_LINES)
          places.set(body, (places.get(body) ?? new Set()).add(`${path} ${String(node.id.name)}`));
    });
  return [...new Set([...places.values()].filter(({ size }) => size > 1).map((all) => [...all].join(' is ')))];
}

const LEAST_LINES = 4;

/** What a function calls its arguments and what it makes. */
function ownNames(made: Node): ReadonlySet<unknown> {
  const names = new Set<unknown>();
  walk(made, (node, parent, key) => {
    if (node.type !== 'Identifier') return;
    const isArgument = key === 'params' || (key === 'id' && parent.type === 'VariableDeclarator');
    const isPart =
      /Pattern$|^RestElement$/.test(parent.type) || (parent.type === 'Property' && parent.shorthand === true);
    if (isArgument || isPart) names.add(node.name);
  });
  return names;
}

/** Without comments, blanks and, where they are given, names of its own. */
function textOf(body: Node, text: string, own: ReadonlySet<unknown> = new Set()): string {
  const met: unknown[] = [];
  const said = new Map<number, { readonly to: number; readonly as: string }>();
  walk(body, (node, parent, key) => {
    const isKey = (key === 'property' && parent.computed === false) || (key === 'key' && parent.shorthand !== true);
    if (node.type !== 'Identifier' || isKey || !own.has(node.name)) return;
    if (!met.includes(node.name)) met.push(node.name);
    said.set(Number(node.start), { to: Number(node.end), as: `$${met.indexOf(node.name)}` });
  });
  let whole = '';
  for (let at = Number(body.start); at < Number(body.end); at += 1) {
    const name = said.get(at);
    whole += name?.as ?? text.charAt(at);
    if (name !== undefined) at = name.to - 1;
  }
  return whole
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*\/\/.*$/, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
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
