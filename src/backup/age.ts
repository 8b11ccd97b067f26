// Encryption for a public key, in the form of age (age-encryption.org), which other programs open too.
import { readFile } from 'node:fs/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { codeOf } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { damaged } from './bytes.ts';
import { cut } from '../domain/text.ts';

/**
 * @param given public keys (`age1…`), or files with one a line
 * @throws Problem where one is no key
 */
export async function readRecipients(given: readonly string[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const each of given) all.push(...(each.startsWith('age1') ? [each] : await linesOf(each, '--encrypt-to')));
  for (const recipient of all) {
    try {
      new Encrypter().addRecipient(recipient);
    } catch {
      throw new Problem('invalid', says('age.no-recipient', { said: cut(recipient, 80) }));
    }
  }
  return all;
}

/** @param file with a key (`AGE-SECRET-KEY-…`) a line, as age-keygen writes it */
export async function readIdentities(file: string): Promise<Decrypter> {
  const decrypter = new Decrypter();
  for (const line of await linesOf(file, '--identity')) {
    try {
      decrypter.addIdentity(line);
    } catch {
      throw new Problem('invalid', says('age.no-identity', { file }));
    }
  }
  return decrypter;
}

async function linesOf(file: string, option: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem('invalid', says('age.file-unread', { option, file, code: codeOf(error) }));
  });
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw new Problem('invalid', says('age.file-empty', { option, file }));
  return lines;
}

export type Encrypted = { readonly size: number; readonly bytes: AsyncIterable<Uint8Array> };

/** @param size of what is encrypted, in bytes, from which the length of the result follows */
export async function encrypted(
  plain: AsyncIterable<Uint8Array>,
  size: number,
  recipients: readonly string[],
): Promise<Encrypted> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const bytes = await encrypter.encrypt(ReadableStream.from(plain));
  return { size: bytes.size(size), bytes };
}

/** @throws Problem where none of the keys fits; while it is read, where the bytes were altered */
export async function* decrypted(bytes: AsyncIterable<Uint8Array>, keys: Decrypter): AsyncGenerator<Uint8Array> {
  try {
    yield* await keys.decrypt(ReadableStream.from(bytes));
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof Error && /no identity matched/i.test(error.message))
      throw new Problem('refused', says('archive.no-key-opens'));
    throw damaged('encrypted-part');
  }
}
