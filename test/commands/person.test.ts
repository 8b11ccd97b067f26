import { describe, expect, it } from 'vitest';
import { fullNameIn, nameOf, userName } from '../../src/commands/person.ts';

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'dana:x:501:501:Dana Becker,Office 2,555-0100:/home/dana:/bin/bash',
  'luis:x:502:502:& Ortega:/home/luis:/bin/bash',
  'kim:x:503:503::/home/kim:/bin/bash',
  '',
].join('\n');

describe('who works at a machine', () => {
  it.each([
    ['by their full name', 501, 'dana', 'Dana Becker'],
    ['whose full name holds the other', 502, 'luis', 'Luis Ortega'],
    ['who has none, by the name they are signed in by', 503, 'kim', 'kim'],
    ['who is not in the list', 777, 'priya', 'priya'],
    ['as its administrator is nobody by name', 0, 'root', 'owner'],
    ['in a container is nobody by name', 1000, 'node', 'owner'],
  ])('%s', (_, uid, username, name) => {
    expect(nameOf({ uid, username }, (user) => fullNameIn(PASSWD, user))).toBe(name);
  });

  it('is who they say they are', () => {
    const about = { account: undefined, person: undefined, role: undefined, name: undefined, scopes: undefined };
    expect(userName({ about: { ...about, days: 90, all: false, me: 'Dana Becker' } })).toBe('Dana Becker');
    expect(userName({ about: { ...about, days: 90, all: false, me: undefined } })).not.toBe('root');
  });
});
