// What assistants of several names do in one book.
import { expect } from 'vitest';
import { callTool } from '../../src/server.ts';
import type { Book } from './book.ts';

export async function through(book: Pick<Book, 'session'>, client: string, tool: string, args: object): Promise<void> {
  const result = await callTool(book.session, tool, args, { client, canAsk: false });
  expect(result.isError, result.content[0]?.text).toBeUndefined();
}
