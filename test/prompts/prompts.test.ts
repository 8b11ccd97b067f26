import { describe, expect, test } from 'vitest';
import { PROMPTS } from '../../src/prompts/serve.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { openBook } from '../support/answers.ts';
import { DESKS, newDesk, type Desk } from '../support/clients.ts';
import { roofBook } from '../support/roof.ts';

async function said(desk: Desk, name: string, args: Record<string, string> = {}): Promise<string> {
  const { messages } = await desk.getPrompt({ name, arguments: args });
  expect(messages).toHaveLength(1);
  const [message] = messages;
  if (message?.content.type !== 'text') throw new Error('a prompt is one text');
  expect(message.role).toBe('user');
  return message.content.text;
}

describe.each(DESKS)('%s', (_, connect) => {
  test('sees four buttons, and what each is about', async () => {
    const desk = await connect((await openBook()).session);
    const { prompts } = await desk.listPrompts();
    expect(prompts.map(({ name, title }) => [name, title])).toEqual([
      ['price-a-job', 'Price a job'],
      ['close-out-a-job', 'Close out a job'],
      ['weekly-review', 'Weekly review'],
      ['chase-what-is-owed', 'Chase what is owed'],
    ]);
    expect(prompts[1]?.arguments).toMatchObject([
      { name: 'job', description: 'number (J-12) or name', required: true },
    ]);
  });

  test('fills one in with a completed value: the steps speak of that record', async () => {
    const book = await roofBook();
    const desk = await connect(book.session);
    const { completion } = await desk.complete({
      ref: { type: 'ref/prompt', name: 'close-out-a-job' },
      argument: { name: 'job', value: 'roof re' },
    });
    expect(completion.values).toEqual(['J-1 Roof replacement, Dana Henderson, open']);
    const text = await said(desk, 'close-out-a-job', { job: completion.values[0] ?? '' });
    expect(text).toMatch(/^Close out J-1 Roof replacement, Dana Henderson, open\. Steps:\n1\. Read get-job J-1 /);
    expect(text).toContain('update-job J-1 with status completed');
    expect(await said(desk, 'chase-what-is-owed', { customer: 'dana' })).toContain('customer C-1: list who is late');
  });
});

test('what was left blank is left out; what is missing, unknown or not found is said', async () => {
  const book = await roofBook();
  const desk = (await newDesk(book.session)) as unknown as Desk;
  expect(await said(desk, 'price-a-job', { job: '', customer: ' ' })).toMatch(
    /^Price a job with me; ask me first which/,
  );
  await expect(said(desk, 'close-out-a-job')).rejects.toThrow('job: is missing. Give its number (J-12) or name.');
  await expect(said(desk, 'close-out-a-job', { job: 'pool' })).rejects.toThrow('job: no job matches "pool"');
  await expect(said(desk, 'close-out-a-job', { deal: '1' })).rejects.toThrow('Expected: job.');
  await expect(said(desk, 'paint-it-black')).rejects.toThrow(
    'there is no prompt "paint-it-black" here. The prompts are: price-a-job,',
  );
});

test('a prompt whose tools are switched off is not shown, and no step names one', async () => {
  const book = await roofBook();
  const names = async (session = book.session) =>
    (await (await newDesk(session)).listPrompts()).prompts.map(({ name }) => name);
  expect(await names({ ...book.session, readOnly: true })).toEqual(['weekly-review', 'chase-what-is-owed']);
  expect(await names({ ...book.session, toolsets: ['jobs'] })).toEqual(['close-out-a-job']);
  expect(await names({ ...book.session, toolsets: ['account'] })).toEqual([]);
  const desk = (await newDesk({ ...book.session, toolsets: ['invoices'] })) as unknown as Desk;
  expect(await said(desk, 'weekly-review')).not.toMatch(/profit-report|list-jobs|list-quotes|list-appointments/);
  await expect(said(desk, 'price-a-job')).rejects.toThrow('there is no prompt "price-a-job" here');
  await book.ok('update-account', { template: 'sales-pipeline' });
  expect(await names()).toEqual(['weekly-review', 'chase-what-is-owed']);
});

test('every tool that a prompt names is there, and is named among those that its step uses', () => {
  const tools = TOOLS.map(({ name }) => name);
  const record = { ref: 'J-12', title: 'J-12 Roof' };
  let steps = 0;
  for (const prompt of PROMPTS) {
    for (const need of prompt.needs) expect(tools, prompt.name).toContain(need);
    for (const given of [{}, { job: record }, { customer: record, walkAndTalk: record }]) {
      for (const { uses, says } of prompt.steps(given)) {
        steps += 1;
        for (const tool of uses) expect(tools, prompt.name).toContain(tool);
        const named = tools.filter((tool) => tool.includes('-') && new RegExp(`\\b${tool}\\b(?!-)`).test(says));
        expect(
          named.filter((tool) => !uses.includes(tool)),
          says,
        ).toEqual([]);
      }
    }
  }
  expect(steps).toBeGreaterThan(30);
});
