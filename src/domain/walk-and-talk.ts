// Walk & talks: what a recorded site visit holds, and whether words that are cited from it were really said.
import { cut } from './text.ts';
import type { Instant, CalendarDate } from './dates.ts';
import { invalid } from './errors.ts';
import { says } from './message.ts';
import type { Named } from './named.ts';

export const LONGEST_TRANSCRIPT = 100_000;
export const MOST_POINTS = 50;

export type Points = { readonly findings: readonly string[]; readonly followUps: readonly string[] };

/** As lists show it: without the transcript, which is long. */
export type WalkAndTalkSummary = {
  readonly id: number;
  readonly isSample: boolean;
  readonly customer: Named;
  readonly job: Named | null;
  readonly title: string;
  /** Only a day, like 2026-03-10, where no time was given. */
  readonly heldAt: CalendarDate | Instant;
  readonly summary: string | null;
};
export type WalkAndTalk = WalkAndTalkSummary &
  Points & {
    /** Who agreed to being recorded, in words. */
    readonly consent: string;
    readonly transcript: string;
  };

/** Fewer words than this could stand anywhere, unless they are a whole sentence. */
const FEWEST_CITED = 3;
const LONGEST_SHOWN = 160;

type Word = {
  /** Without case and accents. */
  readonly plain: string;
  readonly from: number;
  readonly to: number;
  readonly endsSentence: boolean;
};

/** A transcript made ready to look words up in. */
export type Transcript = {
  readonly text: string;
  readonly words: readonly Word[];
  readonly flat: string;
  readonly shortSentences: ReadonlySet<string>;
};

/**
 * A word is letters and digits. What stands between digits belongs to the number: who said `2.5` did not say `5`.
 * Where a script puts no space between words, each of its letters stands for one.
 */
const WORD =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]\p{M}*|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{N}\p{M}]|['’](?=\p{L})|(?<=\p{N})[.,:/](?=\p{N}))+/gu;
const SENTENCE_END = /[.!?…:;\n。！？；：]/u;

export function readTranscript(text: string): Transcript {
  const words = wordsIn(text);
  const shortSentences = new Set<string>();
  let sentence: string[] = [];
  for (const word of words) {
    sentence.push(word.plain);
    if (!word.endsSentence) continue;
    if (sentence.length < FEWEST_CITED) shortSentences.add(joined(sentence));
    sentence = [];
  }
  return { text, words, flat: joined(words.map((word) => word.plain)), shortSentences };
}

function wordsIn(text: string): Word[] {
  const found = [...text.matchAll(WORD)];
  return found.flatMap((match, index) => {
    const plain = plainly(match[0]);
    const to = match.index + match[0].length;
    const next = found[index + 1];
    const endsSentence = next === undefined || SENTENCE_END.test(text.slice(to, next.index));
    return plain === '' ? [] : [{ plain, from: match.index, to, endsSentence }];
  });
}

/** Upper case, since `ß` and `SS` meet there. */
function plainly(word: string): string {
  return word
    .toUpperCase()
    .normalize('NFKD')
    .replace(/[\p{M}'’\s]/gu, '')
    .replaceAll('\u2044', '/')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
}

/** Framed by spaces, so that looking for some words within others finds whole ones. */
function joined(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}

/** Whether the words were said one after the other; case, accents, punctuation and white space do not count. */
export function wasSaid({ flat, shortSentences }: Transcript, cited: string): boolean {
  const words = wordsIn(cited).map((word) => word.plain);
  return words.length < FEWEST_CITED ? shortSentences.has(joined(words)) : flat.includes(joined(words));
}

/**
 * @param ref how the walk & talk is named
 * @throws Problem that names the words, and the passage that comes closest
 */
export function checkCited(
  transcript: Transcript,
  cited: string,
  { field, ref }: { field: string; ref: string },
): void {
  if (wasSaid(transcript, cited)) return;
  const words = wordsIn(cited).map((word) => word.plain);
  if (words.length < FEWEST_CITED)
    throw invalid(field, says('cited.too-short', { said: shown(cited), fewest: FEWEST_CITED, ref }));
  const closest = closestPassage(transcript, words);
  throw invalid(
    field,
    says('cited.not-said', { said: shown(cited), ref, closest: closest === null ? null : shown(closest) }),
  );
}

/** As many words of the transcript in a row as were cited, with the most of those among them; null below half. */
function closestPassage({ text, words }: Transcript, cited: readonly string[]): string | null {
  const wanted = new Set(cited);
  const inside = new Map<string, number>();
  let best = { count: 0, first: 0, last: 0 };
  for (const [last, { plain }] of words.entries()) {
    if (wanted.has(plain)) inside.set(plain, (inside.get(plain) ?? 0) + 1);
    const first = Math.max(0, last - cited.length + 1);
    const left = first === 0 ? undefined : words[first - 1]?.plain;
    const times = left === undefined ? 0 : (inside.get(left) ?? 0);
    if (left !== undefined && times > 1) inside.set(left, times - 1);
    else if (left !== undefined) inside.delete(left);
    // Of equal ones the last: it begins with a word that was cited.
    if (inside.size >= best.count) best = { count: inside.size, first, last };
  }
  return best.count * 2 < wanted.size ? null : text.slice(words[best.first]?.from, words[best.last]?.to);
}

/** On one line, since it stands within one. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `"${cut(line, LONGEST_SHOWN)}"`;
}
