// Where an assistant's host keeps the files of its conversations: a real https server on this machine, by names that it
// does not have, since to what fetches from it this machine is inside. Its certificate is of no use anywhere else.
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { requestAt } from '../../src/transport/auth/pinned.ts';
import type { Fetching } from '../../src/transport/auth/client-documents.ts';
import { whenDone } from './ending.ts';

const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgE/qb133GGcMyR/Eh
GdDW0X2s/joP68PtX4w7xvvKb92hRANCAAQEpRazW6OqiAo5dKyeauHWVaRhTx0z
YGnCTegH0l0oT+cchOdknLYq8vkUqz+2pTVNt4UenfxVs2dl8D09orO1
-----END PRIVATE KEY-----`;
/** For files.example and a.chat.example. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1maWxlcy5l
eGFtcGxlMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1maWxlcy5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBKUW
s1ujqogKOXSsnmrh1lWkYU8dM2Bpwk3oB9JdKE/nHITnZJy2KvL5FKs/tqU1TbeF
Hp38VbNnZfA9PaKztaNcMFowDwYDVR0TAQH/BAUwAwEB/zAoBgNVHREEITAfgg1m
aWxlcy5leGFtcGxlgg5hLmNoYXQuZXhhbXBsZTAdBgNVHQ4EFgQUEpZXzeHcEQwx
jpx/arqwYuTxlDIwCgYIKoZIzj0EAwIDSAAwRQIgUL8ouNXqg48JRFCVZjhQIZCU
Asc+QS7YiTlioWlw88sCIQD12wgETq0klcVm1swBiaSJLbxlru+rZyCRxJI8dM1p
Tw==
-----END CERTIFICATE-----`;

const PUBLIC = [{ address: '93.184.215.14', family: 4 }];

/** @returns how it is reached, and what it was asked for */
export async function openFileHost(answers: RequestListener) {
  const asked: string[] = [];
  const trusted = getCACertificates();
  setDefaultCACertificates([...trusted, CERTIFICATE]);
  whenDone(() => setDefaultCACertificates(trusted));
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (req, res) => {
    asked.push(`${req.headers.host?.split(':')[0]}${req.url}`);
    answers(req, res);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  whenDone(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the file host listens on no port');
  const { port } = address;
  const effects: Fetching = {
    resolve: async () => PUBLIC,
    send: async (url, looked, how) => {
      if (looked !== PUBLIC) throw new Error('another address than the one that was looked at is asked');
      const here = new URL(url);
      here.port = String(port);
      return await requestAt(here, [{ address: '127.0.0.1', family: 4 }], how);
    },
  };
  return { asked, outside: effects };
}
