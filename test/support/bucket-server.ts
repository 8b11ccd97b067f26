// A server that speaks S3, for one test.
import { S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { vi } from 'vitest';
import { whenDone } from './ending.ts';

const NAME = 'files';

export async function bucketServer() {
  const server = await startFauxqs({ port: 0, logger: false, init: { buckets: [NAME] } });
  whenDone(async () => await server.stop());
  const endpoint = `http://127.0.0.1:${server.port}`;
  // Where the client looks for them by itself.
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key of the tests');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret of the tests');
  whenDone(() => void vi.unstubAllEnvs());
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
  whenDone(() => client.destroy());
  return { client, endpoint, name: NAME, stop: async () => await server.stop() };
}
