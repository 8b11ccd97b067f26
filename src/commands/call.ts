import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError, type Config } from '../config.ts';
import { callTool } from '../server.ts';
import type { Extra } from '../tools/define-tool.ts';
import { closeApp, openBook } from './book.ts';
import { cut } from '../domain/text.ts';

/** Calls one tool through the very path that every client's calls take. */
export async function call(config: Config): Promise<number> {
  const [name, json = '{}', ...rest] = config.operands;
  if (name === undefined || rest.length > 0) {
    throw new UsageError(
      `call takes a tool and its arguments as JSON, like: jobwright call get-job '{"job":"roof replacement"}'`,
    );
  }
  const args = readJson(json);
  const host = await openBook(config);
  try {
    const {
      content,
      structuredContent,
      extras = [],
      isError,
    } = await callTool(host, name, args, {
      client: 'jobwright call',
      canAsk: false,
      wantsWhole: true,
    });
    const text = content.map((part) => part.text).join('\n');
    if (isError === true) {
      process.stderr.write(`${text}\n`);
      return 1;
    }
    process.stdout.write(`${config.json ? JSON.stringify(structuredContent, null, 2) : text}\n`);
    for (const extra of extras) process.stderr.write(`${await keep(extra, config.saveFolder)}\n`);
    return 0;
  } finally {
    await closeApp(host);
  }
}

/** @returns where the file went, or how to have it */
async function keep({ fileName, base64 }: Extra, folder: string | undefined): Promise<string> {
  if (folder === undefined) return `With the answer comes ${fileName}; --save DIR puts it there.`;
  await mkdir(folder, { recursive: true });
  // A name out of the books must not lead out of the folder.
  const path = join(folder, basename(fileName));
  await writeFile(path, Buffer.from(base64, 'base64'), { mode: 0o600 });
  return `Saved ${path}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`the arguments are not JSON: ${cut(text, 80)}. Write them like '{"job":"J-12"}'.`);
  }
}
