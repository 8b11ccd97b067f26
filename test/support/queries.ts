// How queries are written: with the builder, and in SQL only what it does not say; and who may look into the directory.
import { PLACEMENT } from '../../src/store/placement.ts';
import { isNode, list, type Module, type Node, walk } from './syntax.ts';

/**
 * Here a whole statement may stand in SQL: what belongs to an engine, what goes over every table of the books, and what
 * adds up sets of rows.
 */
const ROOMS_OF_SQL = ['engine', 'journal', 'search', 'derived', 'audit', 'moving'];
const STATEMENT = /^\s*(select|insert|update|delete|with)\b/i;
const COMPARISON =
  /^\s*\(?[a-z_][\w.]*\s*(=|<>|<=?|>=?)\s*\(?(\?|'[^']*'|\d+)\)?\s*$|^\s*[\w.]+\s+is(\s+not)?\s+null\s*$/i;

/** What of these is said in SQL where the builder says it. */
export function queryFaults({ path, program }: Module): string[] {
  if (!path.startsWith('src/store/') || ROOMS_OF_SQL.some((room) => path.startsWith(`src/store/${room}/`))) return [];
  const faults: string[] = [];
  walk(program, (node) => {
    const text = sqlIn(node);
    if (text === null) return;
    if (STATEMENT.test(text) && !namesTable(node))
      faults.push(`${path} writes a whole statement in SQL, which the builder says: ${text.trim().slice(0, 60)}`);
    if (COMPARISON.test(text)) faults.push(`${path} compares in SQL, which the builder does: ${text.trim()}`);
  });
  return faults;
}

/** The text of what is tagged with `sql`, a `?` for each value. */
function sqlIn(node: Node): string | null {
  if (node.type !== 'TaggedTemplateExpression' || !isNode(node.tag) || node.tag.name !== 'sql') return null;
  if (!isNode(node.quasi)) return null;
  return list(node.quasi.quasis)
    .map(({ value }) => (value instanceof Object && 'raw' in value ? String(value.raw) : ''))
    .join('?');
}

/** The table is a value: the builder wants it by name. */
function namesTable(node: Node): boolean {
  let found = false;
  walk(node, ({ type, object, property }) => {
    if (type !== 'MemberExpression' || !isNode(object) || !isNode(property)) return;
    if (object.name === 'sql' && property.name === 'table') found = true;
  });
  return found;
}

/** Reached from `store/directory` alone, which finds by them whose the rest is. */
const OF_THE_DIRECTORY = PLACEMENT.directory.join('|');
const NAMED = new RegExp(`^(?:${OF_THE_DIRECTORY})(?:$| as )`);
const NAMED_IN_SQL = new RegExp(`\\b(?:from|join|into|update|table)\\s+"?(?:${OF_THE_DIRECTORY})\\b`, 'i');
/** What takes a table by its name. */
const TAKE_TABLES = [
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'holdRow',
  'table',
  'insertMany',
  'deleteMany',
];
const JOINS = ['innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin', 'using'];

/** Who names a table of the directory, and is not of it. */
export function directoryFaults({ path, program }: Module): string[] {
  if (!path.startsWith('src/') || path.startsWith('src/store/directory/')) return [];
  const faults: string[] = [];
  walk(program, (node) => {
    const text = sqlIn(node);
    const tables = [...tablesTaken(node), ...(text !== null && NAMED_IN_SQL.test(text) ? [text.trim()] : [])];
    faults.push(...tables.map((table) => `${path} reaches into the directory: ${table.slice(0, 60)}`));
  });
  return faults;
}

function tablesTaken(node: Node): string[] {
  if (node.type !== 'CallExpression' || !isNode(node.callee)) return [];
  const { name, property } = node.callee;
  const called = String(isNode(property) ? property.name : name);
  if (!TAKE_TABLES.includes(called) && !JOINS.includes(called)) return [];
  return list(node.arguments).flatMap(({ value }) => (typeof value === 'string' && NAMED.test(value) ? [value] : []));
}
