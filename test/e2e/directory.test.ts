// The cases and prompts that the directories of hosts are handed, asked of the built program by a real client: a book as
// a reviewer has it, new and with its samples.
import { describe, expect, test } from 'vitest';
import { PROMPTS, SUBMISSION } from '../directory/read.ts';
import { home, modern } from '../support/program.ts';

describe('a reviewer asks', () => {
  test.each(SUBMISSION.test_cases)('$user_prompt', async ({ calls }) => {
    const desk = await modern(home(), 'auto', { argv: ['--template', 'roofing'] });
    for (const { tool, arguments: args, says, hides = [] } of calls) {
      const { text, isError } = await desk.call(tool, args);
      expect(isError, text).toBe(false);
      for (const words of says) expect(text).toContain(words);
      for (const words of hides) expect(text).not.toContain(words);
    }
  });

  test.each(SUBMISSION.negative_test_cases)('$user_prompt And nothing happens', async ({ nearest }) => {
    const desk = await modern(home(), 'auto', { argv: ['--template', 'roofing'] });
    const before = await desk.ask('list-changes');
    const { text, isError } = await desk.call(nearest.tool, nearest.arguments);
    expect(isError, text).toBe(true);
    for (const words of nearest.says) expect(text).toContain(words);
    expect(await desk.ask('list-changes')).toEqual(before);
  });

  test('every example prompt, one after the other', async () => {
    const desk = await modern(home(), 'auto', { argv: ['--template', 'roofing'] });
    for (const { prompt, tool, arguments: args } of PROMPTS) {
      const { text, isError } = await desk.call(tool, args);
      expect(isError, `${prompt} ${text}`).toBe(false);
    }
  });
});
