import { describe, expect, it } from 'vitest';
import { configOf, readCommandLine } from '../src/commands/command-line.ts';
import { UsageError } from '../src/config.ts';
import { filesPlaceOf } from '../src/commands/files-place.ts';

const HOME = '/home/sam/.local/share/jobwright';
const read = (argv: string[] = [], env: Record<string, string> = {}) => configOf(readCommandLine(argv), env, HOME);

function complaint(argv: string[], env: Record<string, string> = {}): string {
  try {
    read(argv, env);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was expected to be refused`);
}

describe('without options', () => {
  it('the platform says where the books are, and a new one has samples', () => {
    expect(read()).toEqual({
      command: undefined,
      folders: [],
      fileHosts: [],
      operands: [],
      dataFolder: HOME,
      filesPlace: undefined,
      template: 'roofing',
      plan: undefined,
      currency: 'USD',
      timeZone: undefined,
      samples: true,
      toolsets: undefined,
      readOnly: false,
      saveFolder: undefined,
      json: false,
      http: {
        ...{
          host: '127.0.0.1',
          port: 8420,
          url: undefined,
          auth: true,
          origins: [],
          proxies: 0,
          addressLimit: 1200,
        },
        ...{ issuer: undefined, registration: true, clientDocuments: true },
      },
      about: {
        me: undefined,
        ...{ account: undefined, person: undefined, role: undefined, name: undefined },
        ...{ scopes: undefined, days: 90, all: false },
      },
      backup: { to: undefined, insteadOf: undefined, every: undefined, keep: undefined, encryptTo: [] },
      archive: { identity: undefined, fingerprint: undefined, keepAccess: false, lastInvoices: [] },
      logLevel: 'error',
    });
  });
});

describe('where the bytes of files are', () => {
  const place = (given: string) => read(['--files-store', given]).filesPlace;
  const books = ['--database', 'postgres://one/books'];

  it('is the data folder for a book in it, and the database for books in one', () => {
    const placeOf = (argv: string[]) => filesPlaceOf(read(argv)).kind;
    expect(placeOf([])).toBe('folder');
    expect(placeOf(books)).toBe('database');
    expect(placeOf([...books, '--files-store', 'folder'])).toBe('folder');
    expect(() => placeOf(['--files-store', 's3://books'])).toThrow('goes with --database');
  });

  it('may be a bucket, which is said as an address', () => {
    const [endpoint, region] = [undefined, undefined];
    expect(place('s3://books')).toEqual({ kind: 'bucket', bucket: 'books', prefix: '', endpoint, region });
    expect(place('s3://books/a/b/?endpoint=https://s3.example.com:9000/&region=eu-west-1')).toEqual({
      ...{ kind: 'bucket', bucket: 'books', prefix: 'a/b/', endpoint: 'https://s3.example.com:9000' },
      region: 'eu-west-1',
    });
  });

  it.each([
    ['disk', 'names no place for files'],
    ['s3:///prefix', 'names no place for files'],
    ['s3://AKIA:secret@books', 'AWS_SECRET_ACCESS_KEY'],
    ['s3://books?secret=secret', 'takes endpoint and region'],
    ['s3://books/a%2Fsecret', 'has a prefix of other signs'],
    ['s3://books?endpoint=secret', 'has an endpoint that is not'],
    ['s3://books?endpoint=https://a:secret@s3.example.com', 'has an endpoint that is not'],
    ['secret', 'write folder, database, or a bucket like s3://bucket/prefix?endpoint='],
  ])('is not %s, and no key of it is repeated', (given, why) => {
    const said = complaint(['--files-store', given]);
    expect(said).toContain(why);
    expect(said).not.toContain('secret');
  });
});

describe('options', () => {
  it('come with the command and its operands, in any order', () => {
    const config = read([
      'call',
      '--data=/books',
      'get-job',
      '--template',
      'hvac',
      '--plan=pro',
      '--currency=EUR',
      '--time-zone',
      'Europe/Berlin',
      '{"job":"J-1"}',
      '--json',
    ]);
    expect(config).toMatchObject({
      command: 'call',
      operands: ['get-job', '{"job":"J-1"}'],
      dataFolder: '/books',
      template: 'hvac',
      plan: 'pro',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      json: true,
    });
  });

  it('after -- nothing is an option', () => {
    expect(read(['call', '--', '--data']).operands).toEqual(['--data']);
  });

  it('switches', () => {
    expect(read(['--no-samples', '--read-only'])).toMatchObject({ samples: false, readOnly: true });
    expect(readCommandLine(['-h', '--version'])).toMatchObject({ help: true, version: true });
  });

  it('toolsets are a list, with or without spaces', () => {
    expect(read(['--toolsets', 'jobs, customers,,account ']).toolsets).toEqual(['jobs', 'customers', 'account']);
  });

  it.each([
    ['--bogus', "'--bogus'"],
    ['--Data=/x', "'--Data"],
    ['-x', "'-x'"],
    ['--data', "'--data"],
    ['--no-samples=1', "'--no-samples'"],
    ['--samples', "'--samples'"],
  ])('%s is refused by name, and the answer leads to the list', (option, name) => {
    const message = complaint([option]);
    expect(message).toContain(name);
    expect(message).toContain('jobwright --help lists the options.');
  });

  it('an option that swallowed the next one is refused', () => {
    expect(complaint(['--data', '--json'])).toBe(
      "Option '--data' needs a value: --data DIR. jobwright --help lists the options.",
    );
  });

  it('what stands behind = is a value, whatever it begins with', () => {
    expect(read(['--data=-x']).dataFolder).toBe('-x');
  });

  it('a number below zero is a value, and refused as one', () => {
    expect(complaint(['--days', '-1'])).toBe('--days is "-1"; write a whole number from 1 to 3650');
    expect(complaint(['http', '--proxies', '-1'])).toBe('--proxies is "-1"; write a whole number from 0 to 9');
    expect(read(['call', '--', '--days', '-1']).operands).toEqual(['--days', '-1']);
  });

  it('one given as empty is refused, and not taken for one that was not given', () => {
    expect(complaint(['--scopes', ''])).toBe(
      '--scopes is empty; write --scopes books:read,books:write,costs:read, or leave it out',
    );
    expect(complaint(['--data='], { JOBWRIGHT_DATA: '/books' })).toContain('--data is empty');
  });

  it('--all is of one command alone, and of no variable', () => {
    expect(read(['people', 'sign-out', '--all']).about.all).toBe(true);
    expect(complaint(['people', 'remove', '--all'])).toContain('people sign-out alone');
    expect(complaint(['call', 'list-jobs', '--all'])).toContain('--all goes with people, not with call');
    expect(read(['people', 'sign-out'], { JOBWRIGHT_ALL: '1' }).about.all).toBe(false);
  });
});

describe('an address', () => {
  it.each([
    'localhost:8420',
    'books.example.com',
    'https://books.example.com/foo',
    'https://books.example.com?a=1',
    'https://books.example.com/?',
    'https://books.example.com/#a',
    'https://maria@books.example.com',
    'ftp://books.example.com',
  ])('--url %s is refused, in a variable too', (url) => {
    expect(complaint(['--url', url])).toMatch(/^--url ".*" is not an address .*, like https:\/\/books\.example\.com$/);
    expect(complaint([], { JOBWRIGHT_URL: url })).toContain('--url');
  });

  it('is told without its password', () => {
    for (const name of ['--url', '--origins', '--issuer'])
      expect(complaint([name, 'https://maria:climbs@books.example.com'])).not.toContain('climbs');
  });

  it('is kept as browsers write it', () => {
    const { http } = read([
      '--url=HTTPS://Books.Example.com:443/',
      '--origins',
      'https://App.example.com/, http://localhost:3000,chrome-extension://abcdef',
    ]);
    expect(http.url).toBe('https://books.example.com');
    expect(http.origins).toEqual(['https://app.example.com', 'http://localhost:3000', 'chrome-extension://abcdef']);
  });

  it.each(['foo', 'app.example.com', 'https://app.example.com/path', 'https://a.example,foo'])(
    '--origins %s is refused',
    (origins) => {
      expect(complaint(['--origins', origins])).toMatch(/^--origins ".*" is not the origin of a page: .*, like https:/);
    },
  );

  it.each(['login.example.com', 'ftp://login.example.com', 'https://a:b@login.example.com', 'https://x.example/?a'])(
    '--issuer %s is refused',
    (issuer) => {
      expect(complaint(['--issuer', issuer])).toMatch(/^--issuer ".*" is not the address of a provider, like https:/);
    },
  );

  it('of a provider stays letter by letter', () => {
    const issuer = 'https://login.example.com/realms/Lopez/';
    expect(read(['--issuer', issuer]).http.issuer).toBe(issuer);
  });
});

describe('the environment', () => {
  it('says what the options do not', () => {
    const env = {
      JOBWRIGHT_DATA: '/books',
      JOBWRIGHT_TEMPLATE: 'solar',
      JOBWRIGHT_PLAN: 'free',
      JOBWRIGHT_CURRENCY: 'GBP',
      JOBWRIGHT_TIME_ZONE: 'Europe/London',
      JOBWRIGHT_TOOLSETS: 'jobs',
      JOBWRIGHT_LOG_LEVEL: 'debug',
    };
    expect(read([], env)).toMatchObject({
      dataFolder: '/books',
      template: 'solar',
      plan: 'free',
      currency: 'GBP',
      timeZone: 'Europe/London',
      toolsets: ['jobs'],
      logLevel: 'debug',
    });
    expect(read(['--data=/other', '--template=hvac'], env)).toMatchObject({ dataFolder: '/other', template: 'hvac' });
  });

  it('is not read for anything else', () => {
    expect(read([], { DATA: '/x', jobwright_data: '/x', JOBWRIGHT_HELP: '1', JOBWRIGHT_BOGUS: '1' })).toEqual(read());
  });

  it('an empty variable is none', () => {
    expect(read([], { JOBWRIGHT_DATA: '', JOBWRIGHT_READ_ONLY: '', JOBWRIGHT_LOG_LEVEL: '' })).toEqual(read());
  });

  it.each([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
  ])('a switch is %s', (value, on) => {
    const env = { JOBWRIGHT_READ_ONLY: value, JOBWRIGHT_NO_SAMPLES: value, JOBWRIGHT_JSON: value };
    expect(read([], env)).toMatchObject({ readOnly: on, samples: !on, json: on });
  });

  it('a switch that is neither on nor off is refused, never taken for off', () => {
    for (const value of ['yes', 'TRUE', '2', 'on', ' 1']) {
      expect(complaint([], { JOBWRIGHT_READ_ONLY: value })).toBe(`JOBWRIGHT_READ_ONLY is "${value}"; write 1 or 0`);
    }
  });

  it('a log level that is none is refused with those there are', () => {
    expect(complaint([], { JOBWRIGHT_LOG_LEVEL: 'loud' })).toBe(
      'JOBWRIGHT_LOG_LEVEL is "loud"; write one of silent, error, info, debug',
    );
  });
});

it('is pure: values in, one frozen Config out', () => {
  const argv = Object.freeze(['call', '--toolsets=jobs']);
  const env = Object.freeze({ JOBWRIGHT_DATA: '/books' });
  const config = configOf(readCommandLine(argv), env, HOME);
  expect(configOf(readCommandLine(argv), env, HOME)).toEqual(config);
  expect(Object.isFrozen(config)).toBe(true);
  process.env['JOBWRIGHT_TEMPLATE'] = 'solar';
  try {
    expect(configOf(readCommandLine(argv), env, HOME).template).toBe('roofing');
  } finally {
    delete process.env['JOBWRIGHT_TEMPLATE'];
  }
});

describe('of backups', () => {
  it('ages and numbers to keep are read as they are said', () => {
    const every = (given: string) => read(['backup', '--every', given]).backup.every;
    expect(['90min', '24h', '7d', '2w'].map(every)).toEqual([5_400_000, 86_400_000, 604_800_000, 1_209_600_000]);
    const keep = (given: string) => read(['backup', '--keep', given]).backup.keep;
    expect(keep('7d,4w,12m')).toEqual({ days: 7, weeks: 4, months: 12 });
    expect(keep('3m')).toEqual({ days: 0, weeks: 0, months: 3 });
    for (const given of ['0h', '24', 'h', '-1d', '1.5h', '24H', '9999999w'])
      expect(complaint(['backup', `--every=${given}`])).toContain(`--every is "${given}"; write a number of h, d, w`);
    for (const given of ['7', 'd', '0d', '7d;4w', '7d,', '7x'])
      expect(complaint(['backup', `--keep=${given}`])).toContain(`--keep is "${given}"; write how many days`);
  });

  it('what is said of one restore is not taken from the environment', () => {
    const env = { JOBWRIGHT_KEEP_ACCESS: '1', JOBWRIGHT_LAST_INVOICE: 'none', JOBWRIGHT_IDENTITY: '/keys' };
    expect(read(['restore'], env)).toMatchObject({
      ...{ archive: { keepAccess: false, lastInvoices: [], identity: '/keys' } },
    });
    expect(read(['restore', '--keep-access', '--last-invoice', '1=INV-7', '--last-invoice', '2=none'])).toMatchObject({
      archive: { keepAccess: true, lastInvoices: ['1=INV-7', '2=none'] },
    });
  });
});

describe('hosts of the files of conversations', () => {
  it('are names, or all below one', () => {
    expect(read(['stdio', '--file-hosts', '*.OAIusercontent.com, files.example']).fileHosts).toEqual([
      '*.oaiusercontent.com',
      'files.example',
    ]);
    expect(read([], { JOBWRIGHT_FILE_HOSTS: 'files.example' }).fileHosts).toEqual(['files.example']);
  });

  it.each([
    'https://files.example',
    'files.example:443',
    'files.example/a',
    '*',
    '*.com',
    '*files.example',
    '10.0.0.1',
    'localhost',
  ])('%s is none', (given) =>
    expect(complaint(['stdio', '--file-hosts', given])).toContain(
      'not the name of a host, like files.oaiusercontent.com',
    ),
  );
});
