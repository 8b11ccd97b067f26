// Patches: what a caller wants changed. A field left out stays as it is; null clears it.

export type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only the fields that were given. */
export function defined<T extends object>(fields: T): Defined<T> {
  // Removing the undefined ones is what makes the type true.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** A record as this write has left it. */
export async function reload<S, T>(
  find: (scope: S, id: number) => Promise<T | null>,
  scope: S,
  id: number,
): Promise<T> {
  const record = await find(scope, id);
  if (record === null) throw new Error(`a record vanished within its own write: ${find.name} of ${id}`);
  return record;
}
