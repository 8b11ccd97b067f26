// What every write settles at its end, whatever it was for.
import { keepOutside } from './closed-invoices.ts';
import { keepPeople } from './closed-people.ts';
import { settleSamples } from './samples-worked-on.ts';
import { settleWriteOffs } from './write-offs.ts';

type Writing = Parameters<typeof settleSamples>[0] &
  Parameters<typeof settleWriteOffs>[0] &
  Parameters<typeof keepPeople>[0] &
  Parameters<typeof keepOutside>[0];

export async function settle(scope: Writing): Promise<void> {
  await settleSamples(scope);
  await settleWriteOffs(scope);
  await keepPeople(scope);
  await keepOutside(scope);
}
