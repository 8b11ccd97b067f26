// Phone numbers and e-mail addresses as they are compared, however they were written, and the country that a number
// without a country code is read in.
import { getCountry, getCountryForTimezone } from 'countries-and-timezones';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Account } from '../../domain/account.ts';
import { changePhoneKeys, phonesOf, type ContactKeys } from '../../store/books/customers.ts';
import type { WriteScope } from '../../store/scope.ts';

type Place = Pick<Account, 'country' | 'timeZone'>;

/** Where the business is, by ISO 3166: as somebody said, or as its time zone lets one guess. Null for a zone of none. */
export function countryOf({ country, timeZone }: Place): string | null {
  return country ?? getCountryForTimezone(timeZone, { deprecated: true })?.id ?? null;
}

export function isCountry(code: string): boolean {
  return getCountry(code) !== null;
}

export function contactKeys(
  { phone, email }: { readonly phone: string | null; readonly email: string | null },
  place: Place,
): ContactKeys {
  return {
    phoneKey: phone === null ? null : phoneKey(phone, countryOf(place)),
    emailKey: email === null ? null : email.trim().toLowerCase(),
  };
}

/**
 * Every form that the same number may be kept in: as it is read now, by the currency's country as earlier versions read
 * it, and as its digits alone, where no country was known.
 */
export function phoneKeysOf(phone: string | null, account: Place & Pick<Account, 'currency'>): readonly string[] {
  if (phone === null) return [];
  const countries = [countryOf(account), account.currency.slice(0, 2), null];
  return [...new Set(countries.flatMap((country) => phoneKey(phone, country) ?? []))];
}

function phoneKey(phone: string, country: string | null): string | null {
  const parsed =
    country !== null && isSupportedCountry(country)
      ? parsePhoneNumberFromString(phone, country)
      : parsePhoneNumberFromString(phone);
  if (parsed !== undefined) return parsed.number + (parsed.ext === undefined ? '' : `x${parsed.ext}`);
  const digits = phone.replace(/\D/g, '');
  return digits === '' ? null : digits;
}

/**
 * Once it is said, or guessed from another zone, where the business is, the numbers of its customers are read anew: also
 * where it was guessed right, since an earlier version may have read them by the currency.
 * @param of the customers whose number may have been read elsewhere
 */
export async function readPhonesAnew(scope: WriteScope, of: readonly number[] | 'all' = 'all'): Promise<void> {
  const country = countryOf(scope.account);
  const read = (await phonesOf(scope, of)).map(({ id, phone, key }) => ({ id, key, now: phoneKey(phone, country) }));
  await changePhoneKeys(scope, new Map(read.filter(({ key, now }) => key !== now).map(({ id, now }) => [id, now])));
}
