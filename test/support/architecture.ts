// Reads the import graph of the sources with a real parser and names every import and use that the architecture
// forbids. Knows nothing of the file system: it is given texts by path, so that a test can plant a fault.
import { parseSync } from 'rolldown/utils';
import { circleFaults, nameFaults, roomFaults, sizeFaults } from './shape.ts';
import { type Node, type Module, walk, isNode, asNode, list } from './syntax.ts';
import { directoryFaults, queryFaults } from './queries.ts';

const FACES = ['domain', 'kinds', 'services', 'views', 'printers'];
const LEAVES = ['config', 'logger', 'version'];
const TOP = [
  ...FACES,
  'tools',
  'resources',
  'prompts',
  'pages',
  'printers',
  'ui',
  'store',
  'files',
  'samples',
  'documents',
  'calendar',
  'workers',
  ...LEAVES,
];
/** What a layer may import besides itself. A layer is the first segment under src/: a folder, or a file of its own. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  migrations: [],
  config: [],
  logger: [],
  version: [],
  domain: [],
  ui: [],
  samples: ['domain'],
  files: ['domain'],
  kinds: ['domain'],
  store: ['domain', 'kinds', 'migrations'],
  workers: ['domain', 'files', 'documents', 'calendar', 'views', 'logger'],
  services: ['domain', 'kinds', 'store', 'files', 'samples', 'workers'],
  backup: ['domain', 'kinds', 'store', 'services', 'files', 'version'],
  move: ['domain', 'kinds', 'store', 'services', 'files', 'backup'],
  views: ['domain', 'kinds'],
  printers: ['domain', 'kinds', 'views'],
  documents: ['domain', 'views'],
  calendar: ['domain', 'views'],
  tools: FACES,
  resources: FACES,
  prompts: FACES,
  pages: FACES,
  server: TOP,
  protocol: [...TOP, 'server'],
  transport: [...TOP, 'server', 'protocol'],
  commands: [...TOP, 'server', 'transport', 'backup', 'move'],
  main: [...TOP, 'server', 'transport', 'commands'],
  launch: ['main'],
};

const SPEAKS_MCP = ['tools', 'resources', 'prompts', 'pages', 'server', 'protocol', 'transport', 'commands'];
/** Packages that belong to some layers alone. The domain may import none at all. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  kysely: ['store', 'migrations'],
  'better-sqlite3': ['store'],
  pg: ['store'],
  pino: ['logger'],
  pdfkit: ['documents'],
  fontkit: ['documents'],
  sharp: ['files'],
  '@aws-sdk/client-s3': ['files'],
  'ical-generator': ['calendar'],
  'temporal-polyfill': ['services'],
  hono: ['printers', 'pages', 'transport'],
  '@hono/node-server': ['transport'],
  jose: ['transport'],
  'oidc-provider': ['transport'],
  'rate-limiter-flexible': ['transport'],
  'age-encryption': ['backup'],
  commander: ['commands'],
  '@zxcvbn-ts': ['services'],
  zod: [...SPEAKS_MCP, 'views', 'config', 'backup'],
  '@modelcontextprotocol': SPEAKS_MCP,
};

/** Where a customer looks. From here no path leads to what defines a cost, an expense or a profit. */
export const CUSTOMER_FACING = [
  'src/views/customer/',
  'src/printers/customer-',
  'src/documents/',
  'src/store/books/paper.ts',
];
/** What the program can say: types of plain facts, which import nothing but each other. */
const MESSAGES = 'src/domain/messages/';
/** `errors` and `message` are for what went wrong, on which the others stand; `text` how any text is cut short. */
const CUSTOMER_MAY_REACH = ['money', 'dates', 'tax', 'paper', 'errors', 'message', 'text'].map(
  (name) => `src/domain/${name}.ts`,
);

/** Rows are typed by the declarations of kinds, which say what plan, tools and words a kind goes with: through them alone these are reached. */
const KINDS_MAY_NAME = ['appointment', 'first-names', 'named', 'plans', 'terms', 'toolsets'].map(
  (name) => `src/domain/${name}.ts`,
);

/** What crew see: nothing here may name money, papers or what they are made of. */
const CREW_FACING = ['src/views/crew/', 'src/printers/crew-'];
const CREW_MAY_NAME = [
  'account',
  'appointment',
  'dates',
  'file',
  'job',
  'reference',
  'room',
  'sections',
  'text',
  'walk-and-talk',
]
  .map((name) => `src/domain/${name}.ts`)
  // What is said is put into words from the facts that are given: whoever gives them decides what crew see.
  .concat('src/views/message.ts', 'src/printers/catalogue.ts', 'src/printers/in-words.ts')
  .concat('src/views/shapes.ts', 'src/kinds/index.ts', 'src/kinds/reference.ts', 'zod')
  .concat(['blocks', 'chat', 'format'].map((name) => `src/printers/${name}.ts`));

/** Clock, chance, environment and input or output, by the names under which they are in reach without an import. */
const IMPURE = new Set(
  (
    'process performance crypto console fetch globalThis global require Temporal ' +
    'setTimeout setInterval setImmediate queueMicrotask'
  ).split(' '),
);
/** Methods of Date that answer in the time zone of the machine. */
const LOCAL_TIME = /^[gs]et(Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|Year|TimezoneOffset)$/;

/** Texts by path from the root of the repository: src, migrations, samples and test/tools. */
export type Files = ReadonlyMap<string, string>;

/** The modules that the rules are about, and what is wrong with them, one sentence each. */
export function inspect(files: Files): { readonly modules: readonly string[]; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const modules = new Map<string, Module>();
  for (const [path, text] of files) {
    if (!/^(src|migrations|samples)\//.test(path) || path.endsWith('.md')) continue;
    if (!path.endsWith('.ts')) faults.push(`${path} is not TypeScript, so no rule can be held to it`);
    else modules.set(path, read(path, text, files, faults));
  }
  for (const module of modules.values()) {
    faults.push(...layerFaults(module), ...barrelFaults(module), ...crewFaults(module), ...messageFaults(module));
    faults.push(...queryFaults(module), ...directoryFaults(module));
    if (layerOf(module.path) === 'domain') faults.push(...impurities(module));
  }
  faults.push(...customerFaults(modules), ...toolFaults(modules, files));
  faults.push(...roomFaults(modules), ...circleFaults(modules), ...sizeFaults(modules, files), ...nameFaults(modules));
  return { modules: [...modules.keys()], faults };
}

/** Parses one file and resolves what it imports; what cannot be followed is a fault, never skipped. */
function read(path: string, text: string, files: Files, faults: string[]): Module {
  const { program, errors } = parseSync(path, text);
  for (const error of errors) faults.push(`${path} cannot be read: ${error.message}`);
  const imports: string[] = [];
  const later = new Set<string>();
  walk(program, (node) => {
    const isImport = /^(Import|ExportAll|ExportNamed)Declaration$|^ImportExpression$|^TSImportType$/.test(node.type);
    if (!isImport || (node.source ?? null) === null) return;
    const to = isNode(node.source) ? node.source.value : undefined;
    if (typeof to !== 'string') faults.push(`${path} imports what is only known when it runs`);
    else if (!to.startsWith('.')) imports.push(to);
    else {
      const target = new URL(to, `file:///${path}`).pathname.slice(1);
      if (node.type === 'ImportExpression') later.add(target);
      if (files.has(target)) imports.push(target);
      else faults.push(`${path} imports ${to}, which is not there`);
    }
  });
  return { path, program: asNode(program), imports, atOnce: imports.filter((to) => !later.has(to)) };
}

function layerFaults({ path, imports }: Module): string[] {
  const layer = layerOf(path);
  const may = LAYERS[layer];
  if (may === undefined) return [`${path} is in no layer that test/support/architecture.ts knows`];
  return imports.flatMap((to) => {
    if (/^(src|migrations|samples)\//.test(to)) {
      const target = layerOf(to);
      return target === layer || may.includes(target)
        ? []
        : [`${path} imports ${to}: ${layer} must not know ${target}`];
    }
    if (layer === 'domain') return [`${path} imports ${to}: domain imports only domain`];
    const owner = Object.keys(PACKAGES).find((name) => to === name || to.startsWith(`${name}/`));
    return owner === undefined || PACKAGES[owner]?.includes(layer) ? [] : [`${path} imports ${to}: not for ${layer}`];
  });
}

function crewFaults({ path, imports }: Module): string[] {
  const isCrews = (place: string) => CREW_FACING.some((start) => place.startsWith(start));
  if (!isCrews(path)) return [];
  return imports
    .filter((to) => !isCrews(to) && !CREW_MAY_NAME.includes(to))
    .map((to) => `${path} imports ${to}: crew must not see what that knows`);
}

/** Customers reach these types through any error, so that they must know nothing. */
function messageFaults({ path, imports }: Module): string[] {
  if (!path.startsWith(MESSAGES)) return [];
  return imports
    .filter((to) => !to.startsWith(MESSAGES) && to !== 'src/domain/message.ts')
    .map((to) => `${path} imports ${to}: facts are plain data`);
}

/** A barrel has nothing of its own and only passes on what others define. */
function barrelFaults({ path, program }: Module): string[] {
  const body = list(program.body);
  const passesOn = (node: Node) =>
    node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.declaration === null);
  const isBarrel = body.some(passesOn) && body.every((node) => passesOn(node) || node.type === 'ImportDeclaration');
  return isBarrel || body.some((node) => node.type === 'ExportAllDeclaration') ? [`${path} is a barrel file`] : [];
}

function impurities({ path, program }: Module): string[] {
  const faults: string[] = [];
  const found = (what: string) => faults.push(`${path} uses ${what}: domain is pure and synchronous`);
  walk(program, (node, parent, key) => {
    if (node.type === 'AwaitExpression' || node.async === true) found('async');
    if (node.type === 'MetaProperty') found('import.meta or new.target');
    const property = propertyOf(node);
    if (property !== undefined && LOCAL_TIME.test(property)) found(`${property}, which asks for the local time zone`);
    if (node.type !== 'Identifier' || !isReference(parent, key)) return;
    const name = String(node.name);
    const member = propertyOf(parent);
    if (IMPURE.has(name)) found(name);
    if (name === 'Math' && (member === undefined || member === 'random')) found('Math.random');
    if (name === 'Date' && !isPureDate(parent, key, member)) found('the clock');
  });
  return faults;
}

/** Date.UTC(…), Date.parse(…), `instanceof Date`, and `new Date(x)` of one moment, not of parts in local time. */
function isPureDate(parent: Node, key: string, member: string | undefined): boolean {
  if (parent.type === 'NewExpression' && key === 'callee') {
    const [only, ...more] = list(parent.arguments);
    return only !== undefined && only.type !== 'SpreadElement' && more.length === 0;
  }
  return member === 'UTC' || member === 'parse' || parent.operator === 'instanceof';
}

/** Every chain of imports that starts where a customer looks, until it ends at something not for customers. */
function customerFaults(modules: ReadonlyMap<string, Module>): string[] {
  const faults: string[] = [];
  for (const start of modules.keys()) {
    if (!CUSTOMER_FACING.some((place) => start.startsWith(place))) continue;
    const chains = new Map([[start, start]]);
    for (const [path, chain] of chains) {
      const isOfKind = chain.includes(' → src/kinds/');
      const allowed = isOfKind ? [...CUSTOMER_MAY_REACH, ...KINDS_MAY_NAME] : CUSTOMER_MAY_REACH;
      const forbidden = path.startsWith('src/domain/') && !path.startsWith(MESSAGES) && !allowed.includes(path);
      if (forbidden || path.startsWith('src/views/internal/')) faults.push(`a customer must not reach ${chain}`);
      // A Map's iteration also visits what is added meanwhile.
      else for (const to of modules.get(path)?.imports ?? []) if (!chains.has(to)) chains.set(to, `${chain} → ${to}`);
    }
  }
  return faults;
}

/** One tool, one file, under its own name: registered, tested, and its contract committed. */
function toolFaults(modules: ReadonlyMap<string, Module>, files: Files): string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  const registered = modules.get('src/tools/index.ts')?.imports ?? [];
  const tests = [...files].filter(([path]) => /^test\/tools\/.*\.test\.ts$/.test(path)).map(([, text]) => text);
  for (const { path, program } of modules.values()) {
    const name = /^src\/tools\/.+\/([^/]+)\.ts$/.exec(path)?.[1];
    if (name === undefined) continue;
    const says = (what: string) => faults.push(`${path} ${what}`);
    if (!/^src\/tools\/[^/]+\/[^/]+$/.test(path)) says('is not in the folder of one noun');
    if (!registered.includes(path)) says('is not registered in src/tools/index.ts');
    const declared = toolNames(program);
    if (declared.length !== 1 || declared[0] !== name)
      says(`declares ${declared.join(', ') || 'no tool'}, not ${name}`);
    if (
      !tests.some((text) => text.includes(`'${name}'`)) &&
      !files.has(path.replace(/^src/, 'test').replace(/\.ts$/, '.test.ts'))
    ) {
      says('has no test in test/tools');
    }
    // What crew have of it is a contract of its own.
    for (const contract of calls(program, 'forCrew').length === 0 ? [name] : [name, `crew/${name}`]) {
      names.add(contract);
      const snapshot = files.get(`test/tools/__snapshots__/${contract}.json`);
      if (snapshot === undefined) says(`has no snapshot ${contract} in test/tools/__snapshots__`);
      else faults.push(...looseObjects(JSON.parse(snapshot), `${contract}.json`));
    }
  }
  for (const path of files.keys()) {
    const name = /^test\/tools\/__snapshots__\/(.+)\.json$/.exec(path)?.[1];
    if (name !== undefined && !names.has(name)) faults.push(`${path} is the snapshot of no tool`);
  }
  return faults;
}

/** The names given in `defineTool({ name: '…' })`. */
function toolNames(program: Node): string[] {
  return calls(program, 'defineTool').flatMap((call) =>
    list(list(call.arguments)[0]?.properties).flatMap((property) => {
      const isName = isNode(property.key) && property.key.name === 'name' && isNode(property.value);
      return isName ? [String(asNode(property.value).value)] : [];
    }),
  );
}

/** The calls of the function of this name. */
function calls(program: Node, name: string): Node[] {
  const found: Node[] = [];
  walk(program, (node) => {
    if (node.type === 'CallExpression' && isNode(node.callee) && node.callee.name === name) found.push(node);
  });
  return found;
}

/** Objects in a JSON Schema, at any depth, that would let an unknown property through. */
function looseObjects(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const isLoose =
    'properties' in schema && !('additionalProperties' in schema && schema.additionalProperties === false);
  return [
    ...(isLoose ? [`${at} is an object that is not strict`] : []),
    ...Object.entries(schema).flatMap(([key, value]) => looseObjects(value, `${at} ${key}`)),
  ];
}

function layerOf(path: string): string {
  return /^(?:migrations|samples)(?=\/)/.exec(path)?.[0] ?? /^src\/([^/.]+)/.exec(path)?.[1] ?? path;
}

/** Whether an identifier in this place is looked up by its name, and is not just the name of a property or a type. */
function isReference(parent: Node, key: string): boolean {
  if (key === 'key' || key === 'property') return parent.computed === true;
  return !parent.type.startsWith('TS') || key === 'expression';
}

/** The name after the dot, or in brackets where it is written out. */
function propertyOf(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' || !isNode(node.property)) return undefined;
  const name = node.computed === true ? node.property.value : node.property.name;
  return typeof name === 'string' ? name : undefined;
}
