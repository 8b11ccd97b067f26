import { expect, it } from 'vitest';
import { asRead } from '../../src/commands/operator.ts';
import { configOf, readCommandLine } from '../../src/commands/command-line.ts';

it('names are taken as they are read, without what hides in them', () => {
  const hidden = 'Lo\u200bpez\u001b Roof\u202eing\u{e0041}';
  const read = (...argv: string[]) => asRead(configOf(readCommandLine(argv), {}, '/books'));
  expect(read('accounts', 'create', hidden).operands).toEqual(['create', 'Lopez Roofing']);
  expect(read('tokens', 'create', hidden, '--person', 'm\u200b@x.example')).toMatchObject({
    operands: ['create', 'Lopez Roofing'],
    about: { person: 'm@x.example', name: undefined },
  });
  expect(read('people', 'invite', 'm\u200b@x.example', '--name', hidden)).toMatchObject({
    operands: ['invite', 'm@x.example'],
    about: { name: 'Lopez Roofing', role: undefined },
  });
});
