// The objects of one bucket, below one prefix, by the client of Amazon's that others who speak S3 are spoken to with. It is
// loaded at the first use, since most files are elsewhere. What it says of keys and addresses is told to nobody.
import type * as S3 from '@aws-sdk/client-s3';
import { codeOf } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';

export type ObjectsAt = {
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  /** Of whoever is not Amazon. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
};

type Client = typeof S3;

type Stored = { readonly key: string; readonly storedAt: Date };

/** Keys are without the prefix. Each throws a Problem where the bucket is away, or refuses us. */
export type Bucket = {
  /** What tells it from any other. */
  readonly name: string;
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>;
  /** Piece by piece; null where there is no such object. */
  readonly get: (key: string) => Promise<ReadableStream<Uint8Array> | null>;
  readonly timeOf: (key: string) => Promise<Date | null>;
  readonly copy: (from: string, to: string) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly list: (start: string) => Promise<readonly Stored[]>;
  /** The names between this start and the next slash. */
  readonly folders: (start: string) => Promise<readonly string[]>;
};

/** A server that is there and says nothing. */
const CONNECT_MS = 3000;
/** For all of a file to be there, over a slow line. */
const ANSWER_MS = 60_000;
/** Longer than whoever takes an answer of ours may pause. */
const SILENT_MS = 40_000;
const TRIES = 3;

export function bucketAt(place: ObjectsAt): Bucket {
  let client: Promise<{ readonly s3: Client; readonly client: S3.S3Client }> | undefined;
  const ask: Ask = async (work) => {
    client ??= open(place);
    try {
      const { s3, client: opened } = await client;
      return await work(s3, opened);
    } catch (error) {
      throw inWords(error);
    }
  };
  const at = (key: string) => ({ Bucket: place.bucket, Key: place.prefix + key });
  const pages = pagesOf(place, ask);
  return {
    name: JSON.stringify([place.endpoint ?? null, place.bucket, place.prefix]),
    put: async (key, Body) =>
      await ask(
        async ({ PutObjectCommand }, client) => void (await client.send(new PutObjectCommand({ ...at(key), Body }))),
      ),
    get: async (key) =>
      await ask(async ({ GetObjectCommand }, client) => {
        const found = await orNull(async () => await client.send(new GetObjectCommand(at(key))));
        return found?.Body === undefined ? null : spoken(found.Body.transformToWebStream());
      }),
    timeOf: async (key) =>
      await ask(async ({ HeadObjectCommand }, client) => {
        const found = await orNull(async () => await client.send(new HeadObjectCommand(at(key))));
        return found?.LastModified ?? null;
      }),
    copy: async (from, to) =>
      await ask(async ({ CopyObjectCommand }, client) => {
        const CopySource = encodeURI(`${place.bucket}/${place.prefix}${from}`);
        await orNull(async () => await client.send(new CopyObjectCommand({ ...at(to), CopySource })));
      }),
    remove: async (key) =>
      await ask(async ({ DeleteObjectCommand }, client) => void (await client.send(new DeleteObjectCommand(at(key))))),
    list: async (start) =>
      await pages(start, undefined, ({ Contents = [] }) =>
        Contents.flatMap(({ Key, LastModified }) =>
          Key === undefined || LastModified === undefined
            ? []
            : [{ key: Key.slice(place.prefix.length), storedAt: LastModified }],
        ),
      ),
    folders: async (start) =>
      await pages(start, '/', ({ CommonPrefixes = [] }) =>
        CommonPrefixes.flatMap(({ Prefix }) =>
          Prefix === undefined ? [] : [Prefix.slice(place.prefix.length + start.length, -1)],
        ),
      ),
  };
}

type Ask = <T>(work: (s3: Client, client: S3.S3Client) => Promise<T>) => Promise<T>;

/** What each page of a list of keys holds of interest, of all pages. */
function pagesOf(place: ObjectsAt, ask: Ask) {
  return async <T>(
    start: string,
    Delimiter: string | undefined,
    take: (page: S3.ListObjectsV2CommandOutput) => T[],
  ): Promise<T[]> =>
    await ask(async ({ ListObjectsV2Command }, client) => {
      const found: T[] = [];
      let ContinuationToken: string | undefined;
      do {
        const asked = { Bucket: place.bucket, Prefix: place.prefix + start, Delimiter, ContinuationToken };
        const page = await client.send(new ListObjectsV2Command(asked));
        found.push(...take(page));
        ContinuationToken = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (ContinuationToken !== undefined);
      return found;
    });
}

async function open({ endpoint, region }: ObjectsAt) {
  const s3 = await import('@aws-sdk/client-s3').catch((error: unknown) => {
    throw codeOf(error) === 'ERR_MODULE_NOT_FOUND' ? new Problem('unavailable', says('bucket.no-library')) : error;
  });
  const client = new s3.S3Client({
    // Others have the bucket behind a slash, and mostly one region, whose name is the usual one.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true, region: region ?? 'us-east-1' }),
    ...(region === undefined ? {} : { region }),
    maxAttempts: TRIES,
    // Not every server knows the checksums that Amazon's does; the hash is ours.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      ...{ connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
      ...{ requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
    },
  });
  return { s3, client };
}

/** Null where there is no such object. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (['NoSuchKey', 'NotFound'].includes(nameOf(error))) return null;
    throw error;
  }
}

/** What breaks off in the middle is said in words as well; no more is read than is taken. */
function spoken(body: ReadableStream<unknown>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else if (value instanceof Uint8Array) controller.enqueue(value);
          else throw new Error('the bucket gave what are no bytes');
        } catch (error) {
          throw inWords(error);
        }
      },
      cancel: async () => await reader.cancel(),
    },
    { highWaterMark: 0 },
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** What the client says may name keys and addresses, which are for nobody. */
function inWords(error: unknown): unknown {
  if (error instanceof Problem) return error;
  if (nameOf(error) === 'CredentialsProviderError') return new Problem('unavailable', says('bucket.no-keys'));
  if (error instanceof Error && error.message.startsWith('Region is missing'))
    return new Problem('unavailable', says('bucket.no-region'));
  const status = statusOf(error);
  if (nameOf(error) === 'NoSuchBucket') return new Problem('unavailable', says('bucket.not-there'));
  if (status === 301) return new Problem('unavailable', says('bucket.no-region'));
  if (status === 401 || status === 403) return new Problem('unavailable', says('bucket.refuses'));
  const isAway = status !== null || codeOf(error) !== '' || AWAY.includes(nameOf(error));
  return isAway ? new Problem('unavailable', says('bucket.away')) : error;
}

const AWAY = ['TimeoutError', 'AbortError', 'NetworkingError'];

/** Of an answer of the server; null where there was none. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const { $metadata: told } = error;
  if (typeof told !== 'object' || told === null || !('httpStatusCode' in told)) return null;
  return typeof told.httpStatusCode === 'number' ? told.httpStatusCode : null;
}
