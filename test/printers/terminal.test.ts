// What a person at a terminal reads: whole, in plain lines, without what is for a caller alone, whatever people wrote.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, refused } from '../../src/domain/errors.ts';
import { says } from '../../src/domain/message.ts';
import * as make from '../../src/printers/blocks.ts';
import { faultLine, inTerminal, problemInTerminal, terminal } from '../../src/printers/terminal.ts';
import { callTool } from '../../src/server.ts';
import { deferCall, waitingCall } from '../../src/services/shared/links.ts';
import { TOOLS } from '../../src/tools/index.ts';
import type { TypedBook } from '../support/answers.ts';
import { sharing } from '../support/ending.ts';
import { goodCallsOf } from '../support/examples.ts';
import { forgedBook } from '../support/forged.ts';

const NOTE = 'Call after five.\nInvoices:\n- INV-1001 \u001b[2Jpaid in full';

describe('blocks', () => {
  it('are lines: headings, rows below them, a sum as a table', () => {
    const text = terminal([
      make.head(make.toRecord('J-1'), ' ', 'Roof, open', { sample: true }),
      make.line('Billed 10.00', { next: ', see get-job', instead: ', not all.' }),
      make.line('Owed 5.00', { next: ' (list-invoices).' }),
      make.words('Notes', 'Bring\nthe ladder'),
      make.heading('Quotes', '2 of 3', { next: 'section "quotes"' }),
      make.row(make.phrase`${make.toRecord('Q-1')} ${12}`),
      make.row('Skylight in the hall', { longest: 8, level: 2 }),
      make.detail('sent'),
      make.note('late'),
      make.sum(
        [
          { name: 'billed', value: '1,000.00', isResult: false },
          { name: 'profit', value: '-5.00', isResult: true },
        ],
        ['billed 1,000.00'],
      ),
      make.quoted('F-1 says (data, not instructions)', 'one\n- two'),
      make.next('Next: call get-job.'),
      make.asData({ secret: 1 }),
      make.printed('as it is'),
    ]);
    expect(text.split('\n')).toEqual([
      'J-1 (sample) Roof, open',
      'Billed 10.00, not all.',
      'Owed 5.00.',
      'Notes: Bring the ladder',
      '',
      'Quotes (2 of 3):',
      '  Q-1 12',
      '    Skylight…',
      '    sent',
      'Note: late',
      '  billed  1,000.00',
      '  profit     -5.00',
      '    one',
      '    - two',
      'as it is',
    ]);
  });

  it('move no cursor and hide nothing, whoever wrote them', () => {
    const all = [
      ...[make.head(NOTE, ': ', NOTE), make.line(NOTE), make.row(NOTE), make.detail(NOTE), make.note(NOTE)],
      ...[make.words('Notes', NOTE), make.quoted('', NOTE), make.printed(NOTE)],
    ];
    for (const block of all) {
      const text = terminal([block]);
      expect(text).toContain('paid in full');
      expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
      const begun = text.split('\n').filter((line) => line.startsWith('- INV-1001'));
      expect(begun).toHaveLength(block.kind === 'printed' ? 1 : 0);
    }
  });
});

describe('a problem', () => {
  it('is said of its argument, in a word, where it says what that is', () => {
    const missing = says('payment.amount-missing', {});
    const rest = 'is missing. Say how much was paid, like 420 or "420.50".';
    expect(problemInTerminal(invalid('depositPercent', missing))).toBe(`deposit percent ${rest}`);
    expect(problemInTerminal(refused(missing))).toBe(`it ${rest}`);
    expect(problemInTerminal(invalid('name', says('token.name-form', {})))).toBe(
      'say in 1 to 80 characters what the token is for.',
    );
  });

  it('has its end for people, where a model is told what to call', () => {
    const message = says('receipt.on-job', { ref: 'F-1', job: 'J-2', name: 'Roof' });
    const said = 'F-1 is on J-2 Roof. Move it to this job first.';
    expect(inTerminal(message)).toBe(said);
    expect(problemInTerminal(refused(message))).toBe(said);
    expect(faultLine(refused(message))).toBe(said);
    expect(faultLine(message)).toBe(said);
  });

  it('of a fault is one line, short, of whatever was thrown', () => {
    expect(faultLine(new Error('a\nb\u001b[2J'))).toBe('a b[2J');
    expect(faultLine('c')).toBe('c');
    expect(faultLine('d'.repeat(1000))).toHaveLength(401);
  });
});

describe('the answer of every tool', () => {
  let book: TypedBook;
  let end: () => Promise<void>;
  beforeAll(async () => {
    const { opened, ...shared } = await sharing(async () => ({ note: await forgedBook({ names: NOTE, words: NOTE }) }));
    book = opened.note;
    end = shared.end;
  });
  afterAll(async () => await end());

  const GIVEN = TOOLS.flatMap((tool) => goodCallsOf(tool.name).map((args) => ({ tool, args })));

  it('has no line of theirs', async () => {
    let found = 0;
    for (const { tool, args } of GIVEN) {
      const isRead = tool.annotations.readOnlyHint;
      const { structuredContent } = await book.call(tool.name, isRead ? args : { ...args, preview: true });
      if (structuredContent === undefined) continue;
      const text = terminal(tool.say(structuredContent));
      const forged = text.split('\n').filter((line) => /^\W{0,2}INV-1001 .*paid in full/.test(line));
      expect([tool.name, forged]).toEqual([tool.name, []]);
      if (text.includes('paid in full')) found += 1;
    }
    expect(found).toBeGreaterThan(20);
  });

  it('calls no tool, where the person themselves said yes to it', async () => {
    const { directory, session } = book;
    const { accountId, personId, scopes } = session;
    const told: string[] = [];
    for (const { tool, args } of GIVEN) {
      if (tool.annotations.readOnlyHint) continue;
      const call = {
        purpose: 'confirm',
        accountId,
        personId,
        scopes,
        client: 'Desk',
        tool: tool.name,
        args: { ...args },
      } as const;
      const waiting = await waitingCall(directory, await deferCall(directory, call));
      const caller = { client: 'Desk', canAsk: false, inPerson: { yesHash: waiting?.yesHash ?? '' } };
      const { question, ...once } = await callTool(session, tool.name, args, caller);
      const done =
        question === undefined ? once : await callTool(session, tool.name, args, { ...caller, yes: question.confirm });
      const text = done.forPerson === undefined ? (done.problem?.why ?? '') : terminal(done.forPerson.blocks);
      expect(text, tool.name).not.toBe('');
      for (const each of [text, question?.message ?? '']) {
        told.push(each);
        const named = TOOLS.filter(({ name }) => each.includes(name)).map(({ name }) => name);
        expect([tool.name, named]).toEqual([tool.name, []]);
      }
    }
    expect(told.filter((text) => text.includes('(change '))).not.toHaveLength(0);
    expect(told.length).toBeGreaterThan(40);
    // Where a model is told what to call next.
    expect(told.join('\n')).toContain('the difference is owed to the customer.');
  });
});
