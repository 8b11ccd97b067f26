// A line between a program and its PostgreSQL server that a test cuts at the COMMIT of a write.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { whenDone } from '../ending.ts';

/**
 * `answer`: the server has it, and nobody hears so. `question`: it never gets there. `silence`: the server has it, and
 * the line stays up and says nothing any more. `both`: the question, and then the answer to who asks what became of it.
 */
export type Lost = 'answer' | 'question' | 'silence' | 'both';

export type Line = {
  readonly url: string;
  /** The next COMMIT of a write is lost so; `begin`: from the next BEGIN on, the line says nothing any more. */
  readonly lose: (what: Lost | 'begin') => void;
};

const COMMIT = "insert into write_ids (id, kept) values ('";
const ASK = 'insert into write_ids (id, kept) values ($1';

export async function lineTo(url: string): Promise<Line> {
  const { hostname, port } = new URL(url);
  let next: Lost | 'begin' | 'answer to who asks' | null = null;
  const sockets = new Set<Socket>();
  const listening = createServer((program) => {
    const server = connect(Number(port), hostname);
    let lost: Lost | null = null;
    let asks = false;
    const cut = () => {
      program.destroy();
      server.destroy();
    };
    for (const socket of [program, server]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    program.on('data', (bytes) => {
      asks ||= bytes.includes(ASK);
      if (next === 'answer to who asks') {
        if (asks && bytes.includes('; commit')) [lost, next] = ['answer', null];
      } else if (next === 'begin') {
        if (bytes.includes('begin isolation level')) [lost, next] = ['silence', null];
      } else if (next !== null && bytes.includes(COMMIT)) {
        [lost, next] = [next, next === 'both' ? 'answer to who asks' : null];
      }
      if (lost === 'question' || lost === 'both') cut();
      else server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (lost === 'answer') cut();
      else if (lost === null) program.write(bytes);
    });
  });
  return { url: await addressTo(url, listening, sockets), lose: (what) => void (next = what) };
}

/** A line on which what a program says becomes something else of the same length, until it is told to pass. */
export async function alteredLine(url: string, said: string, becomes: string) {
  const { hostname, port } = new URL(url);
  const alter = { isOn: true };
  const sockets = new Set<Socket>();
  const listening = createServer((program) => {
    const server = connect(Number(port), hostname);
    for (const socket of [program, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => [program, server].map((each) => each.destroy()));
    }
    program.on('data', (bytes) =>
      server.write(alter.isOn ? Buffer.from(bytes.toString('latin1').replaceAll(said, becomes), 'latin1') : bytes),
    );
    server.on('data', (bytes) => program.write(bytes));
  });
  return { url: await addressTo(url, listening, sockets), alter };
}

/**
 * A line that goes down for everybody where a program has said all of this over one connection, in this order, and stays so
 * until it is mended.
 * @param how it is cut, or stays up and says nothing any more; of a dead one the server does not hear either when a program ends it
 */
export async function lineDownAt(url: string, said: readonly string[], how: 'cut' | 'silent' | 'dead' = 'cut') {
  const { hostname, port } = new URL(url);
  const state = { isDown: false, isMended: false };
  const sockets = new Set<Socket>();
  const listening = createServer((program) => {
    const server = connect(Number(port), hostname);
    let isDead = false;
    const cut = () => {
      program.destroy();
      if (!isDead) server.destroy();
    };
    for (const socket of [program, server]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    let heard = 0;
    program.on('data', (bytes) => {
      for (let next = said[heard]; next !== undefined && bytes.includes(next); next = said[heard]) heard += 1;
      state.isDown ||= !state.isMended && heard === said.length;
      if (!state.isDown) server.write(bytes);
      else if (how === 'cut') cut();
      else isDead = how === 'dead';
    });
    server.on('data', (bytes) => void (state.isDown || program.write(bytes)));
  });
  const mend = () => void Object.assign(state, { isDown: false, isMended: true });
  return { url: await addressTo(url, listening, sockets), mend, isDown: () => state.isDown };
}

/** The server's address as it is by way of this line, which goes with the test. */
async function addressTo(url: string, listening: Server, sockets: ReadonlySet<Socket>): Promise<string> {
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    listening.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = listening.address();
  const own = new URL(url);
  own.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  return own.href;
}
