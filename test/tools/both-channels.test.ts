// Some hosts show a model the text of an answer alone, others its structure alone: what somebody needs to go on stands in
// both. Held to the answers of every good call of every tool, and to lists that are cut.
import { expect, test } from 'vitest';
import { TOOLS } from '../../src/tools/index.ts';
import { copyOf } from '../support/copied.ts';
import { goodCalls } from '../support/examples.ts';
import { preparedBook } from '../support/inputs.ts';

/** What a structure says in words or hands on: each has to stand in the text too. */
const NEEDED = ['nextCursor', 'message', 'did', 'uploadUrl', 'flaw', 'confirm'];
/** How a text says what is no row: each has to stand in the structure too. */
const NOTED = /^(?:Note|Warning|Careful): (.*)$/gm;

const plain = (words: string) => words.replace(/[\s\\"]+/g, ' ').replace(/\.$/, '');

function* saidIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && NEEDED.includes(key)) yield inner;
    else yield* saidIn(inner);
  }
}

test('what somebody needs to go on stands in the text and in the structure', { timeout: 240_000 }, async () => {
  const prepared = await preparedBook();
  const lists = TOOLS.filter(({ input, annotations }) => annotations.readOnlyHint && 'limit' in input.shape);
  const cut = lists.map(({ name }) => [name, { limit: 1 }] as const).filter(([name]) => name !== 'search');
  const missing: string[] = [];
  let cursors = 0;
  let notes = 0;
  for (const [tool, call] of [...goodCalls(), ...cut]) {
    const answer = await (await copyOf(prepared)).callWithYes(tool, call);
    if (answer.isError === true) continue;
    const text = plain(answer.content.map((part) => part.text).join('\n'));
    const structure = plain(JSON.stringify(answer.structuredContent));
    for (const words of saidIn(answer.structuredContent))
      if (!text.includes(plain(words))) missing.push(`${tool}: its text lacks ${words}`);
    for (const [, words = ''] of answer.content.flatMap((part) => [...part.text.matchAll(NOTED)])) {
      notes += 1;
      if (!structure.includes(plain(words))) missing.push(`${tool}: its structure lacks ${words}`);
    }
    cursors += 'nextCursor' in Object(answer.structuredContent) ? 1 : 0;
  }
  expect(missing).toEqual([]);
  expect(cursors).toBeGreaterThan(3);
  expect(notes).toBeGreaterThan(3);
});
