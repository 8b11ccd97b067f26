// Money added up over many records by the database, whose sums go on where a number stops being exact: it keeps whole
// numbers up to 2^63, which is more than nine million of the largest documents. They come back as text, digit by digit.
import { sql, type RawBuilder } from 'kysely';
import { total, type Total } from '../../domain/money.ts';

/** The sum of what is given in each row, to be read with `totalFrom`. */
export function totalOver(each: RawBuilder<unknown>): RawBuilder<string> {
  return asTotal(sql`coalesce(sum(${each}), 0)`);
}

/** A stored or computed sum, to be read with `totalFrom`. */
export function asTotal(sum: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`cast(${sum} as text)`;
}

export function totalFrom<B extends string>(digits: string): Total<B> {
  return total<B>(BigInt(digits));
}
