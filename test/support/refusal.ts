// What a rule or a use case says when it refuses, in the words in which a model reads it.
import { Problem } from '../../src/domain/errors.ts';
import { problemForModel } from '../../src/printers/in-words.ts';

/** Fails where it does not refuse, or breaks in another way. */
export function refusal(work: () => unknown): string {
  let answer: unknown;
  try {
    answer = work();
  } catch (error) {
    return inWords(error);
  }
  throw new Error(`was expected to refuse, but answered ${JSON.stringify(answer)}`);
}

/** The same of what is awaited. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  let answer: unknown;
  try {
    answer = await work;
  } catch (error) {
    return inWords(error);
  }
  throw new Error(`was expected to refuse, but answered ${JSON.stringify(answer)}`);
}

/** A Problem in words; anything else is a fault. */
export function inWords(error: unknown): string {
  if (error instanceof Problem) return problemForModel(error);
  throw error;
}
