// The shape of the sources: rooms in their order, no circles, and functions and files that fit a screen. Like the rules of
// architecture.ts it is given what was read, so that a test can plant a fault.
import { isNode, list, walk, type Module, type Node } from './syntax.ts';

type Modules = ReadonlyMap<string, Module>;

/** The rooms of services: each imports only those before it. */
export const SERVICE_ROOMS = [
  'shared',
  'resolve',
  'pages',
  'customers',
  'site',
  'quotes',
  'jobs',
  'invoices',
  'account',
  'filing',
  'crew',
  'search',
  'history',
];
/** Who signs in: apart from the trade, which must not know it. */
const APART = 'access';

const LONGEST_FUNCTION = 60;
const MOST_PARAMETERS = 4;
const LONGEST_FILE = 400;

/** Not held to the limits, each with its reason. */
const MAY_BE_LONG: Readonly<Record<string, string>> = {
  'samples/': 'data',
  'migrations/': 'released, so never edited',
};

/**
 * One declaration in several files: what is said may hold what else is said.
 * @returns the name by which circles know the file
 */
function unitOf(path: string): string {
  return path.startsWith('src/domain/messages/') ? 'src/domain/message.ts' : path;
}

export function roomFaults(modules: Modules): string[] {
  return [...modules.values()].flatMap(({ path, imports }) => {
    const from = serviceRoomOf(path);
    if (from === null) return [];
    if (from !== '' && from !== APART && !SERVICE_ROOMS.includes(from))
      return [`${path} is in no room of the services`];
    return imports.flatMap((to) => {
      const room = serviceRoomOf(to);
      return room === null || room === '' || room === from || mayImport(from, room)
        ? []
        : [`${path} imports ${to}: ${from === '' ? 'what every room stands on' : from} comes before ${room}`];
    });
  });
}

function mayImport(from: string, room: string): boolean {
  if (from === APART) return room === 'shared';
  return room !== APART && SERVICE_ROOMS.indexOf(room) < SERVICE_ROOMS.indexOf(from);
}

/** Null outside of the services; empty for what stands beside their rooms. */
function serviceRoomOf(path: string): string | null {
  return path.startsWith('src/services/') ? (/^src\/services\/([^/]+)\//.exec(path)?.[1] ?? '') : null;
}

/** Files that lead back to themselves, by types too, but not by what is only loaded when it is asked for. */
export function circleFaults(modules: Modules): string[] {
  const faults: string[] = [];
  const done = new Set<string>();
  const follow = (path: string, way: readonly string[]): void => {
    const unit = unitOf(path);
    const at = way.indexOf(unit);
    if (at >= 0) return void faults.push(`a circle of files: ${[...way.slice(at), unit].join(' → ')}`);
    if (done.has(path)) return;
    for (const to of modules.get(path)?.atOnce ?? [])
      if (unitOf(to) !== unit || to === path) follow(to, [...way, unit]);
    done.add(path);
  };
  for (const path of modules.keys()) follow(path, []);
  return faults;
}

export function sizeFaults(modules: Modules, files: ReadonlyMap<string, string>): string[] {
  return [...modules.values()].flatMap(({ path, program }) => {
    if (Object.keys(MAY_BE_LONG).some((place) => path.startsWith(place))) return [];
    const text = files.get(path) ?? '';
    const lines = linesOf(text.trimEnd());
    const faults = lines > LONGEST_FILE ? [`${path} has ${lines} lines: at most ${LONGEST_FILE}`] : [];
    walk(program, (node) => faults.push(...functionFaults(path, node, text)));
    return faults;
  });
}

function functionFaults(path: string, node: Node, text: string): string[] {
  if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return [];
  const [start, end] = [Number(node['start']), Number(node['end'])];
  const place = `${path}:${linesOf(text.slice(0, start))}`;
  const lines = linesOf(text.slice(start, end));
  const parameters = list(node['params']).length;
  return [
    ...(lines > LONGEST_FUNCTION ? [`${place} is a function of ${lines} lines: at most ${LONGEST_FUNCTION}`] : []),
    ...(parameters > MOST_PARAMETERS ? [`${place} takes ${parameters} parameters: at most ${MOST_PARAMETERS}`] : []),
  ];
}

function linesOf(text: string): number {
  return text.split('\n').length;
}

/** One name, one type; and what is known of a thing and what is shown of it go by two names, functions too. */
export function nameFaults(modules: Modules): string[] {
  return [...twoTypes(modules), ...knownAndShown(modules)];
}

function twoTypes(modules: Modules): string[] {
  const first = new Map<string, string>();
  const faults: string[] = [];
  for (const { path, program } of modules.values()) {
    for (const name of list(program['body']).flatMap(exportedType)) {
      const other = first.get(name);
      if (other === undefined) first.set(name, path);
      else faults.push(`${name} is a type in ${other} and another in ${path}`);
    }
  }
  return faults;
}

function exportedType(statement: Node): string[] {
  const { declaration } = statement;
  if (statement.type !== 'ExportNamedDeclaration' || !isNode(declaration)) return [];
  if (!/^(?:TSTypeAlias|TSInterface|Class)Declaration$/.test(declaration.type)) return [];
  const { id } = declaration;
  return isNode(id) && typeof id['name'] === 'string' ? [id['name']] : [];
}

function knownAndShown(modules: Modules): string[] {
  const layers = [...modules.values()].map((module) => ({ module, layer: module.path.split('/')[1] ?? '' }));
  const known = new Map(
    layers.flatMap(({ module, layer }) =>
      layer === 'services' || layer === 'store' ? exportsOf(module).map((name) => [name, module.path] as const) : [],
    ),
  );
  return layers
    .filter(({ layer }) => layer === 'views')
    .flatMap(({ module }) =>
      exportsOf(module).flatMap((name) => {
        const other = known.get(name);
        return other === undefined ? [] : [`${name} is one thing in ${other} and another in ${module.path}`];
      }),
    );
}

function exportsOf({ program }: Module): string[] {
  const declared = list(program['body']).flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || !isNode(statement['declaration'])) return [];
    const { declaration } = statement;
    return [declaration, ...list(declaration['declarations'])];
  });
  return [...new Set(declared.flatMap(({ id }) => (isNode(id) && typeof id['name'] === 'string' ? [id['name']] : [])))];
}
