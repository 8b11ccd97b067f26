// Finds the statements that would cross accounts, by PostgreSQL's own parser. Of every table of an account's that a query
// names, its conditions must say whose rows: by a value, or by the account of another table of which that is said.
import {
  parseSync,
  type InsertStmt,
  type JoinExpr,
  type Node,
  type RangeVar,
  type SelectStmt,
  type WithClause,
} from 'libpg-query';
import { conditions, equalities, isCatalog, isNode, isValue, namesIn, targets } from './parsed.ts';

/** Which tables are an account's, and which others a statement may name. */
export type Whose = { readonly account: ReadonlySet<string>; readonly others: ReadonlySet<string> };

/** What a query takes rows from. */
type Source = {
  /** Null where it is no table of an account's. */
  readonly table: string | null;
  /** All rows that come from there are one account's. */
  isOfOne: boolean;
};

type Level = {
  readonly sources: Map<string, Source>;
  /** Named queries, which are looked at where they stand. */
  readonly named: ReadonlySet<string>;
  readonly outer: Level | null;
  /** What is looked into once it is known whose rows there are. */
  readonly later: unknown[];
};

/** What holds of rows. @param of what may be learned of these sources alone; null: of all */
type Condition = { readonly is: Node; readonly of: ReadonlySet<string> | null };
type Leaf = { readonly query: SelectStmt; readonly level: Level };

const COLUMN = 'account_id';

/** @returns what is wrong with it, in words. The parser must be loaded. */
export function crossings(sql: string, whose: Whose): string[] {
  const look = new Look(whose);
  for (const { stmt } of parseSync(sql).stmts ?? []) look.inside(stmt, null);
  return look.faults;
}

class Look {
  readonly faults: string[] = [];
  readonly #whose: Whose;

  constructor(whose: Whose) {
    this.#whose = whose;
  }

  /** Whatever there is, and the queries in it. */
  inside(node: unknown, level: Level | null): void {
    if (typeof node !== 'object' || node === null) return;
    if (isNode(node)) {
      if ('SelectStmt' in node) return void this.#select(node.SelectStmt, level);
      if ('InsertStmt' in node) return this.#insert(node.InsertStmt, level);
      if ('UpdateStmt' in node || 'DeleteStmt' in node) return this.#change(node, level);
      if ('RangeVar' in node) this.faults.push(`reaches ${node.RangeVar.relname ?? ''} in a way that nobody looks at`);
    }
    for (const part of Object.values(node)) this.inside(part, level);
  }

  /** @returns itself, or what it is a union of */
  #select(query: SelectStmt, outer: Level | null): Leaf[] {
    const level = this.#levelOf(query.withClause, outer);
    const { fromClause = [], withClause: _, lockingClause: __, larg, rarg, ...rest } = query;
    if (larg !== undefined && rarg !== undefined) {
      this.inside([rest.sortClause, rest.limitCount, rest.limitOffset], level);
      return [larg, rarg].flatMap((side) => this.#select(side, level));
    }
    this.#settle([...this.#from(fromClause, level), ...conditions(query.whereClause).map(ofAll)], level);
    this.inside(rest, level);
    return [{ query, level }];
  }

  #change(node: Extract<Node, { UpdateStmt: unknown } | { DeleteStmt: unknown }>, outer: Level | null): void {
    const query = 'UpdateStmt' in node ? node.UpdateStmt : node.DeleteStmt;
    const level = this.#levelOf(query.withClause, outer);
    if (query.relation !== undefined) this.#table(query.relation, level);
    const from = 'UpdateStmt' in node ? node.UpdateStmt.fromClause : node.DeleteStmt.usingClause;
    this.#settle([...this.#from(from ?? [], level), ...conditions(query.whereClause).map(ofAll)], level);
    const set = 'UpdateStmt' in node ? targets(node.UpdateStmt.targetList) : [];
    this.#staying(set, query.relation);
    this.inside([query.whereClause, set, query.returningClause], level);
  }

  #staying(set: readonly { readonly name?: string }[], table: RangeVar | undefined): void {
    if (this.#isAccounts(table?.relname) && set.some(({ name }) => name === COLUMN))
      this.faults.push(`moves rows of ${table?.relname ?? ''} to another account`);
  }

  #insert(query: InsertStmt, outer: Level | null): void {
    const level = this.#levelOf(query.withClause, outer);
    const table = query.relation?.relname ?? '';
    const from = query.selectStmt;
    const leaves = from !== undefined && 'SelectStmt' in from ? this.#select(from.SelectStmt, level) : [];
    if (this.#isAccounts(table)) {
      const at = targets(query.cols).findIndex(({ name }) => name === COLUMN);
      if (at === -1 || !leaves.every((leaf) => givesOne(leaf, at)))
        this.faults.push(`does not say whose it adds to ${table}`);
      const found = query.onConflictClause?.infer?.indexElems;
      if (found?.some((each) => 'IndexElem' in each && each.IndexElem.name === COLUMN) === false)
        this.faults.push(`does not say whose rows of ${table} it finds there`);
    } else if (!this.#whose.others.has(table)) this.#unknown(table);
    // What is there already was found by its account.
    level.sources.set(query.relation?.alias?.aliasname ?? table, { table: null, isOfOne: true });
    const set = targets(query.onConflictClause?.targetList);
    this.#staying(set, query.relation);
    this.inside([set, query.onConflictClause?.whereClause, query.returningClause], level);
  }

  #levelOf(named: WithClause | undefined, outer: Level | null): Level {
    const names = new Set(outer?.named);
    for (const each of named?.ctes ?? []) {
      if (!('CommonTableExpr' in each)) continue;
      // It may name itself.
      names.add(each.CommonTableExpr.ctename ?? '');
      this.inside(each.CommonTableExpr.ctequery, { sources: new Map(), named: names, outer, later: [] });
    }
    return { sources: new Map(), named: names, outer, later: [] };
  }

  /** @returns what the joins say */
  #from(items: readonly Node[], level: Level): Condition[] {
    return items.flatMap((item) => {
      if ('JoinExpr' in item) return this.#join(item.JoinExpr, level);
      if ('RangeVar' in item) this.#table(item.RangeVar, level);
      else {
        level.later.push(item);
        const { alias } = 'RangeSubselect' in item ? item.RangeSubselect : { alias: undefined };
        if (alias?.aliasname !== undefined) level.sources.set(alias.aliasname, { table: null, isOfOne: true });
      }
      return [];
    });
  }

  #join({ larg, rarg, quals, jointype }: JoinExpr, level: Level): Condition[] {
    const left = larg === undefined ? [] : this.#from([larg], level);
    const before = new Set(level.sources.keys());
    const right = rarg === undefined ? [] : this.#from([rarg], level);
    level.later.push(quals);
    // Of the rows that a left join keeps in any case, its conditions say nothing.
    const added = new Set([...level.sources.keys()].filter((name) => !before.has(name)));
    const of = jointype === 'JOIN_INNER' ? null : jointype === 'JOIN_LEFT' ? added : new Set<string>();
    return [...left, ...right, ...conditions(quals).map((is) => ({ is, of }))];
  }

  #table({ relname: name = '', schemaname, alias }: RangeVar, level: Level): void {
    const isNamed = level.named.has(name);
    const isAccounts = !isNamed && this.#isAccounts(name);
    if (!isNamed && !isAccounts && !isCatalog(name, schemaname) && !this.#whose.others.has(name)) this.#unknown(name);
    level.sources.set(alias?.aliasname ?? name, { table: isAccounts ? name : null, isOfOne: isNamed });
  }

  #isAccounts(table: string | undefined): boolean {
    return table !== undefined && this.#whose.account.has(table);
  }

  #unknown(table: string): void {
    this.faults.push(`names ${table}, and nobody says whose it is`);
  }

  /** Learns of which sources it is said whose rows they give, until nothing more comes of it. */
  #settle(all: readonly Condition[], level: Level): void {
    const pairs = all.flatMap(({ is, of }) =>
      equalities(is).flatMap(([one, other]) => [
        { node: one, given: other, of },
        { node: other, given: one, of },
      ]),
    );
    const learns = ({ node, given, of }: { node: Node; given: Node; of: Condition['of'] }): boolean => {
      const [name, source] = sourceOf(node, level) ?? [];
      if (name === undefined || source === undefined || source.isOfOne || level.sources.get(name) !== source)
        return false;
      if (of !== null && !of.has(name)) return false;
      source.isOfOne = isOfOne(given, level);
      return source.isOfOne;
    };
    while (pairs.some(learns));
    for (const [name, source] of level.sources)
      if (source.table !== null && !source.isOfOne)
        this.faults.push(`does not say whose rows of ${source.table}${name === source.table ? '' : ` (${name})`}`);
    this.inside(level.later, level);
  }
}

function ofAll(is: Node): Condition {
  return { is, of: null };
}

/** Whether every row that a query gives has an account there, and the same. */
function givesOne({ query, level }: Leaf, at: number): boolean {
  if (query.valuesLists !== undefined)
    return query.valuesLists.every((row) => 'List' in row && isValue(row.List.items?.[at]));
  const given = targets(query.targetList)[at]?.val;
  return given !== undefined && isOfOne(given, level);
}

function isOfOne(node: Node, level: Level): boolean {
  return isValue(node) || sourceOf(node, level)?.[1].isOfOne === true;
}

/** Of what an account's column is; null for anything else. */
function sourceOf(node: Node, level: Level | null): readonly [string, Source] | null {
  const [last, alias] = namesIn(node).toReversed();
  if (last !== COLUMN) return null;
  for (let at = level; at !== null; at = at.outer) {
    const named = alias === undefined ? [...at.sources].filter(([, { table }]) => table !== null) : [];
    const found = alias === undefined ? named : [...at.sources].filter(([name]) => name === alias);
    const only = found[0] ?? (alias === undefined && at.sources.size === 1 ? [...at.sources][0] : undefined);
    if (found.length <= 1 && only !== undefined) return only;
  }
  return null;
}
