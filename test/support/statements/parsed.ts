// The pieces of a parsed statement.
import type { Node, ResTarget } from 'libpg-query';

/** Each node is an object of one part, under the name of what it is. */
export function isNode(value: object): value is Node {
  const [name, ...more] = Object.keys(value);
  return name !== undefined && more.length === 0 && /^[A-Z]/.test(name);
}

/** What all holds: the parts of an `and`. */
export function conditions(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  if ('BoolExpr' in node && node.BoolExpr.boolop === 'AND_EXPR') return (node.BoolExpr.args ?? []).flatMap(conditions);
  return [node];
}

/** What is equal where this holds, rows value by value. */
export function equalities(node: Node): (readonly [Node, Node])[] {
  if (!('A_Expr' in node)) return [];
  const { kind, name, lexpr, rexpr } = node.A_Expr;
  const isEqual = kind === 'AEXPR_OP' && namesIn({ ColumnRef: { fields: name ?? [] } }).join('') === '=';
  if (!isEqual || lexpr === undefined || rexpr === undefined) return [];
  const [left, right] = [rowOf(lexpr), rowOf(rexpr)];
  return left.flatMap((one, at) => {
    const other = right[at];
    return other === undefined ? [] : [[one, other] as const];
  });
}

function rowOf(node: Node): Node[] {
  return 'RowExpr' in node ? (node.RowExpr.args ?? []) : [node];
}

/** A value that is given, or stands in the statement. */
export function isValue(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if ('TypeCast' in node) return isValue(node.TypeCast.arg);
  return 'ParamRef' in node || ('A_Const' in node && node.A_Const.isnull !== true);
}

/** A column's name, with that of its table before it. */
export function namesIn(node: Node): string[] {
  if (!('ColumnRef' in node)) return [];
  return (node.ColumnRef.fields ?? []).flatMap((field) =>
    'String' in field && field.String.sval !== undefined ? [field.String.sval] : [],
  );
}

export function targets(nodes: readonly Node[] | undefined): ResTarget[] {
  return (nodes ?? []).flatMap((node) => ('ResTarget' in node ? [node.ResTarget] : []));
}

/** What the server has of itself. */
export function isCatalog(table: string, schema: string | undefined): boolean {
  return (
    schema === 'information_schema' || schema === 'pg_catalog' || (schema === undefined && table.startsWith('pg_'))
  );
}
