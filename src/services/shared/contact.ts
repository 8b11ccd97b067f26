// Phone numbers and e-mail addresses as they are compared, however they were written.
import { parsePhoneNumberFromString, isSupportedCountry } from 'libphonenumber-js/min';
import type { ContactKeys } from '../../store/books/customers.ts';

/**
 * @param currency its first two letters are the ISO 3166 country that a number without a country code is read in
 *   (USD is US, GBP is GB); currencies of several countries (EUR) leave such a number as its digits
 */
export function contactKeys(
  { phone, email }: { phone: string | null; email: string | null },
  currency: string,
): ContactKeys {
  return {
    phoneKey: phone === null ? null : phoneKey(phone, currency),
    emailKey: email === null ? null : email.trim().toLowerCase(),
  };
}

function phoneKey(phone: string, currency: string): string | null {
  const country = currency.slice(0, 2);
  const parsed = isSupportedCountry(country)
    ? parsePhoneNumberFromString(phone, country)
    : parsePhoneNumberFromString(phone);
  if (parsed !== undefined) return parsed.number + (parsed.ext === undefined ? '' : `x${parsed.ext}`);
  const digits = phone.replace(/\D/g, '');
  return digits === '' ? null : digits;
}
