import { UsageError, type Config } from '../config.ts';
import { callTool } from '../server.ts';
import { openBook } from './book.ts';

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
    const { content, structuredContent, isError } = await callTool(host, name, args, {
      client: 'jobwright call',
      canAsk: false,
    });
    const text = content.map((part) => part.text).join('\n');
    if (isError === true) {
      process.stderr.write(`${text}\n`);
      return 1;
    }
    process.stdout.write(`${config.json ? JSON.stringify(structuredContent, null, 2) : text}\n`);
    return 0;
  } finally {
    await host.store.close();
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`the arguments are not JSON: ${text.slice(0, 80)}. Write them like '{"job":"J-12"}'.`);
  }
}
