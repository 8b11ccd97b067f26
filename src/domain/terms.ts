// How words are compared when a record is named by them: case, accents, word order and small typing errors do not
// count. Pure: the store keeps the index, this module says what a word is and which spellings are close.

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

/** Every word of a record's text, once each. */
export function termsOf(text: string): string[] {
  const folded = fold(text);
  return folded === '' ? [] : [...new Set(folded.split(' ').map((word) => word.slice(0, 40)))];
}

/** The words that name something: filler dropped, unless nothing else was said. */
export function namingTerms(text: string): string[] {
  const words = termsOf(text);
  const telling = words.filter((word) => !FILLER.has(word));
  return (telling.length === 0 ? words : telling).slice(0, MOST_WORDS);
}

/** As little of a phone number says whose it is. */
const LEAST_DIGITS = 4;

/** How a customer is found besides by name: a phone number from any of its digits on to its end, the parts of an e-mail. */
export function contactTerms({
  phones,
  email,
}: {
  phones: readonly (string | null)[];
  email: string | null;
}): string[] {
  const numbers = phones.map((phone) => (phone ?? '').replace(/\D/g, '').slice(-15));
  const ends = numbers.flatMap((digits) =>
    Array.from({ length: Math.max(0, digits.length - LEAST_DIGITS + 1) }, (_, from) => digits.slice(from)),
  );
  return [...new Set([...ends, ...termsOf(email ?? '')])];
}

/** What may be a phone number, as its digits, with and without the zeros before them; null for other words. */
export function phoneSaid(text: string): string[] | null {
  const digits = /^[\s+]*[\d\s()./-]+$/.test(text) ? text.replace(/\D/g, '') : '';
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

/** Two names are fully equal when this is: their naming words, in any order. */
export function nameKey(name: string): string {
  return namingTerms(name).sort().join(' ');
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

/** True where `heard` may be a mistyped `known`: letters left out, added, changed or swapped with a neighbour. */
export function isCloseSpelling(heard: string, known: string): boolean {
  const allowed = Math.min(forgiven(heard), forgiven(known));
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
