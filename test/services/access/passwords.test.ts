// What a password must be, and that it is said why one is refused.
import { expect, it } from 'vitest';
import { Problem } from '../../../src/domain/errors.ts';
import { problemForModel } from '../../../src/printers/in-words.ts';
import { checkPassword } from '../../../src/services/access/passwords.ts';

const MARIA = { email: 'maria.lopez@lopez-roofing.example', name: 'María Lopez' };

async function refusal(password: string): Promise<string | null> {
  try {
    await checkPassword(password, MARIA);
    return null;
  } catch (error) {
    if (error instanceof Problem) return problemForModel(error);
    throw error;
  }
}

it.each([
  ['Ladder9!', 'use at least 10 characters'],
  ['un-guess-able '.repeat(15), 'use at most 200 characters'],
  ['password12', 'many people have it'],
  ['Passw0rd!123', 'many people have it'],
  ['P@$$w0rd2024', 'many people have it'],
  ['iloveyou123', 'many people have it'],
  ['1234567890', 'many people have it'],
  ['qwertyuiop1', 'many people have it'],
  ['trustno1trustno1', 'repeats itself'],
  ['aaaaaaaaaaaa', 'repeats itself'],
  ['abcabcabcabc', 'repeats itself'],
  ['hijklmnopqrs', 'stands in a row'],
  ['12/11/2026 1', 'it is a date'],
  ['María Lopez', 'it is your name'],
  ['marialopez1985', 'it is your name'],
  ['m4r14l0p3z!', 'it is your name'],
  ['zepolairam1', 'it is your name'],
  ['roofing2026', 'it is your name'],
  ['maria.lopez@lopez-roofing.example', 'your e-mail'],
  ['Jobwright2026!', 'or Jobwright'],
  ['maria-lopez-roofing', 'it is your name'],
  ['maria.lopez.maria', 'it is your name'],
  ['lopez2maria0lopez', 'it is your name'],
])('%s is refused, in words that say why', async (password, why) => {
  expect(await refusal(password)).toContain(why);
});

it.each([
  'maria climbs a tall ladder',
  'unrelated words walk',
  'correct horse battery staple',
  'kj3#fP0zQ!w',
  'café au lait \u{1F980}',
  'Dachziegel über Hamburg',
  '瓦屋根職人の朝ごはん',
  'un-guess-able '.repeat(14),
])('%s is taken', async (password) => {
  expect(await refusal(password)).toBeNull();
});

it('one that was made to keep others waiting is looked at for a moment', async () => {
  await refusal('the first one loads the words');
  const before = process.cpuUsage();
  const made = ['p4ssw0rd', 'aB1!', '@$013l7', '4@8({[<36', 'qwerty', 'the of and '].map((part) =>
    part.repeat(200).slice(0, 200),
  );
  for (const password of made) expect(await refusal(password)).not.toBe('');
  const { user, system } = process.cpuUsage(before);
  // A hundred spellings of each took half a second here, and all 200 characters ten times as long.
  expect((user + system) / 1000).toBeLessThan(400);
});
