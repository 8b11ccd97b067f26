// Loaded into the program before itself: whatever it asks for beyond this machine fails, and is written down.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const record = process.env.WATCH_OUTSIDE;
const write = (line) => appendFileSync(record, `${line}\n`);
const isHere = (host) => host === 'localhost' || host === '::1' || host.startsWith('127.');

function refuse(line) {
  write(line);
  throw new Error(`nothing goes out here: ${line}`);
}

// Every connection is made by this one: of http, https, tls and fetch too.
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const {
    path,
    host = 'localhost',
    port,
  } = typeof first === 'object' ? first : Number.isNaN(Number(first)) ? { path: first } : { port: first, host: second };
  // Agents of http and https give null for a path that there is not.
  if ((path ?? null) === null && !isHere(host)) refuse(`connect ${host}:${port}`);
  return connect.apply(this, args);
};

const isQuestion = (name) => /^(lookup|resolve|reverse)/.test(name);
for (const asking of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of Object.getOwnPropertyNames(asking).filter(isQuestion)) {
    const ask = asking[name];
    asking[name] = function (...args) {
      if (!isHere(args[0])) refuse(`${name} ${args[0]}`);
      return ask.apply(this, args);
    };
  }
dgram.Socket.prototype.send = () => refuse('a datagram');
syncBuiltinESMExports();
write('watched');
