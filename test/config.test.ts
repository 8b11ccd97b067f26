import { describe, expect, it } from 'vitest';
import { readConfig, UsageError } from '../src/config.ts';

const HOME = '/home/sam/.local/share/jobwright';
const read = (argv: string[] = [], env: Record<string, string> = {}) => readConfig(argv, env, HOME);

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
      operands: [],
      dataFolder: HOME,
      template: undefined,
      plan: undefined,
      currency: undefined,
      timeZone: undefined,
      samples: true,
      toolsets: undefined,
      readOnly: false,
      saveFolder: undefined,
      json: false,
      http: {
        ...{
          host: undefined,
          port: undefined,
          url: undefined,
          auth: true,
          origins: [],
          proxies: 0,
          addressLimit: undefined,
        },
        ...{ issuer: undefined, registration: true, clientDocuments: true },
      },
      about: {
        ...{ account: undefined, person: undefined, role: undefined, name: undefined },
        ...{ scopes: undefined, days: undefined, all: false },
      },
      help: false,
      version: false,
      logLevel: 'error',
    });
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
    expect(read(['--no-samples', '--read-only', '-h', '--version'])).toMatchObject({
      samples: false,
      readOnly: true,
      help: true,
      version: true,
    });
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
  const config = readConfig(argv, env, HOME);
  expect(readConfig(argv, env, HOME)).toEqual(config);
  expect(Object.isFrozen(config)).toBe(true);
  process.env['JOBWRIGHT_TEMPLATE'] = 'solar';
  try {
    expect(readConfig(argv, env, HOME).template).toBeUndefined();
  } finally {
    delete process.env['JOBWRIGHT_TEMPLATE'];
  }
});
