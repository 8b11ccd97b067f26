// Shows the main job on sample books: a real MCP client starts this very program over stdio and asks.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Config } from '../config.ts';
import { VERSION } from '../version.ts';
import { readNewBook } from './choices.ts';

export async function sample(config: Config): Promise<number> {
  const { template } = readNewBook(config);
  const folder = await mkdtemp(join(tmpdir(), 'jobwright-sample-'));
  const [, program = ''] = process.argv;
  const client = new Client({ name: 'jobwright-sample', version: VERSION });
  try {
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [program, 'stdio', '--data', folder, '--template', template],
      }),
    );
    process.stdout.write(`A temporary sample book of the ${template} trade on this machine, asked over MCP:\n`);
    const ask = async (name: string, args: Record<string, unknown>) => {
      const { content, isError } = await client.callTool({ name, arguments: args });
      const answer = content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
      process.stdout.write(`\n> ${name} ${JSON.stringify(args)}\n${answer}\n`);
      return isError !== true;
    };
    if (template === 'sales-pipeline') return (await ask('list-quotes', {})) ? 0 : 1;
    const question = template === 'roofing' ? { job: 'my roof replacement job' } : { job: 'J-S1' };
    return (await ask('get-job', question)) ? 0 : 1;
  } finally {
    await client.close();
    await rm(folder, { recursive: true, force: true });
  }
}
