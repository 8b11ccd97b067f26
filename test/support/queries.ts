// How queries are written: with the builder, and in SQL only what it does not say.
import { isNode, list, type Module, type Node, walk } from './syntax.ts';

/**
 * Here a whole statement may stand in SQL: what belongs to an engine, what goes over every table of the books, and what
 * adds up sets of rows.
 */
const ROOMS_OF_SQL = ['engine', 'journal', 'search', 'derived', 'audit'];
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
