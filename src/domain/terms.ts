// How words are compared when a record is named by them: case, accents, word order and small typing errors do not
// count. Pure: the store keeps the index, this module says what a word is and which spellings are close.
import { isFirstName, namesakes } from './first-names.ts';

/** Words that say nothing about which record is meant. */
const FILLER = new Set(['the', 'my', 'a', 'job', 'for']);
/** More words than this name nothing better and only cost time. */
const MOST_WORDS = 12;

/** Lower case without accents or punctuation; `Henderson's` and `Hendersons'` are `henderson`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s\b|['’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Letters that no accent makes, as they are typed on a keyboard that has none of them. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th', ø: 'o', ð: 'd', đ: 'd', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n' },
};

/** As some write these letters where others leave the accent out: `Müller` is `Mueller` too. */
const SPELLED_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

function replaced(text: string, letters: Readonly<Record<string, string>>): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => letters[letter] ?? letter);
}

function wordsIn(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ').map((word) => word.slice(0, 40));
}

/** Every word of a text, once each. */
export function termsOf(text: string): string[] {
  return [...new Set(wordsOf(text))];
}

/** The words of a text as they follow each other. */
export function wordsOf(text: string): string[] {
  return wordsIn(fold(replaced(inOnePiece(text), PLAIN)));
}

/** `3,600` is one number. */
function inOnePiece(text: string): string {
  return text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
}

/** Every word that leads to what has this text: also as others spell it, and `O'Brien` as its parts. */
export function indexedTerms(text: string): string[] {
  return [
    ...new Set([text, replaced(text, SPELLED_OUT), text.replace(/(?<=\p{L})['’](?=\p{L}{2})/gu, ' ')].flatMap(termsOf)),
  ];
}

/** The words that name something: filler dropped, unless nothing else was said. */
export function namingTerms(text: string): string[] {
  return naming(termsOf(text));
}

function naming(words: readonly string[]): string[] {
  const telling = words.filter((word) => !FILLER.has(word));
  return (telling.length === 0 ? words : telling).slice(0, MOST_WORDS);
}

/** A word that was said, and others that mean the same: its plural, a short name, an accent spelled out. */
export type SaidWord = { readonly word: string; readonly alike: readonly string[] };

export function saidWords(text: string): SaidWord[] {
  const out = new Map<string, string>();
  const words = wordsOf(text);
  for (const [at, spelled] of wordsIn(fold(replaced(inOnePiece(text), SPELLED_OUT))).entries())
    out.set(words[at] ?? spelled, spelled);
  return namingTerms(text).map((word) => {
    const alike = new Set([out.get(word) ?? word, ...numbersOf(word), ...namesakes(word)]);
    alike.delete(word);
    return { word, alike: [...alike] };
  });
}

/** One or several: `the Hendersons` are Henderson, `roofs` a roof. Roberts is nobody called Robert. */
function numbersOf(word: string): string[] {
  if (word.length < 4 || /[^a-z]/.test(word)) return [];
  const some = word.endsWith('s') ? [] : [`${word}s`];
  const one = /[^s]s$/.test(word) && word.length > 4 ? [word.slice(0, -1)] : [];
  const ones = /(?:[sxz]|ch|sh)es$/.test(word) ? [word.slice(0, -2)] : [];
  return [...some, ...one, ...ones].filter((other) => !isFirstName(other) && !isFirstName(word));
}

/** Neither a number nor an e-mail: what may be said in part, or in another form. */
export function isLetters(word: string): boolean {
  return !/[\d@]/.test(word);
}

/** Fewer letters begin too many words to say anything; a sign of these scripts says more than a letter. */
export function beginsWords(word: string): boolean {
  if (/\d/.test(word)) return false;
  return (
    [...word].length >= (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word) ? 2 : 3)
  );
}

/** As little of a phone number says whose it is. */
const LEAST_DIGITS = 4;

/** How a customer is found besides by name: a phone number from any of its digits on to its end, an e-mail whole and in parts. */
export function contactTerms({
  phones,
  email,
}: {
  phones: readonly (string | null)[];
  email: string | null;
}): string[] {
  const ends = phones
    .flatMap((phone) => numbersIn(phone ?? ''))
    .flatMap((digits) =>
      Array.from({ length: Math.max(0, digits.length - LEAST_DIGITS + 1) }, (_, from) => digits.slice(from)),
    );
  const whole = email === null ? [] : (emailSaid(email) ?? []);
  return [...new Set([...ends, ...whole, ...termsOf(email ?? '')])];
}

/** Several may stand beside each other, and each may have an extension, which nobody reads off a display. */
function numbersIn(phone: string): string[] {
  return phone
    .split(/[,;]|\s[/|]\s|\b(?:or|and)\b/i)
    .map((each) => digitsIn(each.replace(/(?:\p{L}|#).*$/u, '')))
    .filter((digits) => digits !== '');
}

/** `+44 (0)20` is `+44 20`: the zero is dialled only within the country. */
function digitsIn(phone: string): string {
  return phone
    .replace(/(?<=\d\s*)\(0\)/, '')
    .replace(/\D/g, '')
    .slice(-15);
}

/** What may be a phone number or an e-mail, as the index has it; null for other words. */
export function contactSaid(text: string): string[] | null {
  return emailSaid(text) ?? phoneSaid(text);
}

/** Whether bare digits are so many that they are somebody's phone number, and not the number of a record. */
export function isBarePhone(text: string): boolean {
  return /^\s*\d{7,15}\s*$/.test(text);
}

/** The e-mail in a text, like that of an e-mail's head. */
function emailSaid(text: string): string[] | null {
  const [, email] = /(?:^|[\s<:])([^\s<>:,;]+@[^\s<>:,;]+\.[^\s<>:,;]+)/.exec(text) ?? [];
  return email === undefined ? null : [email.toLowerCase()];
}

/** `cell 555 0142` and `555-0142 ext. 3` are the number alone. */
const AROUND_NUMBER = /^\s*(?:tel|telephone|phone|cell|mobile|number|no)\b[\s.:]*|\s*(?:x|ext)\.?\s*\d{1,6}\s*$/gi;

/** `the one with 555 0142`: seven digits or more, but no postal code. */
const AMONG_WORDS = /^.*?(?<![\p{L}\d])(?!\d{5}-\d{4}(?!\d))(\+?\(?\d(?:[\s()./-]{0,2}\d){6,14})(?![\p{L}\d]).*$/su;

/** A number as its digits, with and without the zeros before them. */
function phoneSaid(text: string): string[] | null {
  const number = text.replace(AROUND_NUMBER, '').replace(AMONG_WORDS, '$1');
  const digits = /^[\s+]*[\d\s()./-]+$/.test(number) ? digitsIn(number) : '';
  return digits.length < LEAST_DIGITS ? null : [...new Set([digits, digits.replace(/^0+/, '')])];
}

/**
 * `the Lopez visit` of an appointment is `lopez`; empty where nothing else was said.
 * @param called what people call such a record: beside a name it says nothing about which one is meant
 */
export function withoutKind(text: string, called: readonly string[]): string {
  const words = namingTerms(text).filter((word) => !called.includes(word));
  return words.join(' ');
}

/** Two records are called the very same when this is equal: their naming words, in any order. */
export function fullNameKey(name: string): string {
  return namingTerms(name).sort().join(' ');
}

/** The same of people. Such keys stand in the books, so that letters are read as they always were. */
export function nameKey(name: string): string {
  return naming([...new Set(wordsIn(fold(name)))])
    .sort()
    .join(' ');
}

/**
 * Two people are one where this is equal: case, accents and spaces do not count, but every word does, and their order.
 * Who is taken for somebody else sees what is theirs.
 */
export function personKey(name: string): string {
  return fold(name);
}

/** Of these people, the one who is most likely meant by a name that nobody has; null where none is nearly called so. */
export function meantPerson(said: string, people: readonly string[]): string | null {
  const parts = personKey(said).split(' ');
  if (people.some((name) => personKey(name) === parts.join(' '))) return null;
  const near = people.filter((name) => {
    const words = personKey(name).split(' ');
    const isNear = (word: string, known: string) => word === known || isCloseSpelling(word, known);
    return parts.every((word) => words.some((known) => isNear(word, known)));
  });
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** Typing errors forgiven in a word: none in short words or numbers, one from 4 letters, two from 8. */
function forgiven(word: string): 0 | 1 | 2 {
  if (word.length < 4 || /\d/.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

/** Deletions are taken from this many first letters only, which keeps a long word's variants few. */
const PREFIX = 7;

/**
 * The word's first letters with up to `forgiven` letters left out. Two words within that many typing errors share
 * at least one variant (the symmetric-delete method of SymSpell), so close spellings are found by equal keys.
 */
export function variants(word: string): string[] {
  const found = new Set([word.slice(0, PREFIX)]);
  let edge = [...found];
  for (let round = 0; round < forgiven(word); round += 1) {
    const next = edge.flatMap((form) =>
      Array.from({ length: form.length }, (_, at) => form.slice(0, at) + form.slice(at + 1)),
    );
    for (const form of next) found.add(form);
    edge = [...new Set(next)];
  }
  return [...found];
}

/**
 * True where `heard` may be a mistyped `known`: letters left out, added, changed or swapped with a neighbour. With two errors
 * the word still begins as it does: Anderson is not Henderson.
 */
export function isCloseSpelling(heard: string, known: string): boolean {
  const allowed = Math.min(forgiven(heard), forgiven(known), heard[0] === known[0] ? 2 : 1);
  return allowed > 0 && Math.abs(heard.length - known.length) <= allowed && editDistance(heard, known) <= allowed;
}

/** Damerau–Levenshtein (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const changed = left[i - 1] === right[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + changed);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    [beforeLast, last] = [last, row];
  }
  return last[right.length] ?? 0;
}
