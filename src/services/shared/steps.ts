// What this write made another of a record: each column of its own row that is not as it was, called as its kind calls it.
import { says, type Message } from '../../domain/message.ts';
import { declared } from '../../kinds/declared.ts';
import { differences, inWords } from '../../kinds/history.ts';
import type { Kind } from '../../kinds/index.ts';
import type { Values } from '../../kinds/kind.ts';
import type { WriteScope } from '../../store/scope.ts';
import { namesOf } from './names.ts';

export async function stepsTold(scope: WriteScope, record: { kind: Kind; id: number }): Promise<Message[]> {
  const { table } = declared(record.kind);
  const rows = scope.journal.changes.filter((change) => change.table === table && change.key['id'] === record.id);
  const [was, is] = [rows.at(0)?.before ?? {}, rows.at(-1)?.after ?? {}];
  const changed = (row: Values) => Object.fromEntries(Object.entries(row).filter(([name]) => was[name] !== is[name]));
  const [before, after] = [changed(was), changed(is)];
  const names = await namesOf(scope, [{ table, images: [before, after] }]);
  const business = { ...scope.account, names };
  return differences({ table, record, before, after }).map(({ field: { words, form }, before: from, after: to }) =>
    says('log.step', { of: words, from: inWords(from, form, business), to: inWords(to, form, business) }),
  );
}
