// Phone numbers and e-mail addresses as they are compared, however they were written, and the country that a number
// without a country code is read in.
import { getCountry, getCountryForTimezone } from 'countries-and-timezones';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Account } from '../../domain/account.ts';
import type { Customer } from '../../domain/customer.ts';
import { wordsOf } from '../../domain/terms.ts';
import { asLines, linesIn } from '../../domain/text.ts';
import { changePhoneKeys, reachedByPhone, type ContactKeys } from '../../store/books/customers.ts';
import type { WriteScope } from '../../store/scope.ts';

type Place = Pick<Account, 'country' | 'timeZone'>;

/** Where the business is, by ISO 3166: as somebody said, or as its time zone lets one guess. Null for a zone of none. */
export function countryOf({ country, timeZone }: Place): string | null {
  return country ?? getCountryForTimezone(timeZone, { deprecated: true })?.id ?? null;
}

export function isCountry(code: string): boolean {
  return getCountry(code) !== null;
}

type Reached = Pick<Customer, 'phone' | 'email'> & {
  readonly [Field in 'otherPhones' | 'otherEmails']?: string | null | undefined;
};

export function contactKeys(
  { phone, email, otherPhones = null, otherEmails = null }: Reached,
  place: Place,
): ContactKeys {
  const numberKey = phoneKeyIn(place);
  return {
    phoneKey: phone === null ? null : numberKey(phone),
    emailKey: email === null ? null : emailKeyOf(email),
    otherKeys: asLines([
      ...linesIn(otherPhones).flatMap((each) => numberKey(each) ?? []),
      ...linesIn(otherEmails).map(emailKeyOf),
    ]),
  };
}

function phoneKeyIn(place: Place): (phone: string) => string | null {
  const country = countryOf(place);
  return (phone) => phoneKey(phone, country);
}

/** By what two numbers, or two addresses, are told to be one. */
export function contactsAlike(place: Place) {
  const numberKey = phoneKeyIn(place);
  return {
    numberKey: (phone: string) => numberKey(phone) ?? phone.trim().toLowerCase(),
    addressKey: (address: string) => wordsOf(address).join(' '),
  };
}

export function emailKeyOf(email: string): string {
  return email.trim().toLowerCase();
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
  const read = (await reachedByPhone(scope, of)).map(({ id, keys, ...customer }) => {
    const { phoneKey, otherKeys } = contactKeys(customer, scope.account);
    return { id, now: { phoneKey, otherKeys }, isSame: phoneKey === keys.phoneKey && otherKeys === keys.otherKeys };
  });
  await changePhoneKeys(scope, new Map(read.filter(({ isSame }) => !isSame).map(({ id, now }) => [id, now])));
}
