// Finds what reads like a sentence, and names of tools, in the literals of a source. Knows nothing of the file system: it
// is given a text, so that a test can plant a fault.
import { parseSync } from 'rolldown/utils';

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

/** Words that make a sentence; a value that stands in it counts as one. */
const FEWEST_WORDS = 3;

/** @param tools names that must not be said either, as parts of any literal */
export function sentencesIn(path: string, source: string, tools: readonly string[]): string[] {
  const found: string[] = [];
  look(parseSync(path, source).program, (node) => {
    const literal = literalOf(node);
    if (literal === null) return true;
    const words = literal.split(/\s+/).filter((word) => /\p{L}|…/u.test(word));
    const named = tools.some((name) => literal.includes(name));
    if (words.length < FEWEST_WORDS && !named) return true;
    const line = source.slice(0, node.start).split('\n').length;
    found.push(`${path}:${line}: ${literal.trim().replace(/\s+/g, ' ').slice(0, 80)}`);
    return true;
  });
  return found;
}

/** Its text, with a mark for every value in it. Null for what is no literal. */
function literalOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return null;
  return node['quasis'].map((quasi: { value: { cooked: string } }) => quasi.value.cooked).join('…');
}

/**
 * Every node but the sources of imports and the errors that are faults of our own, which nobody is meant to read.
 * @param see false where nothing below it is to be looked at
 */
function look(value: unknown, see: (node: Node) => boolean): void {
  if (Array.isArray(value)) return value.forEach((each) => look(each, see));
  if (!isNode(value)) return;
  if (/^(Import|ExportAll|ExportNamed)Declaration$|^ImportExpression$|^TSImportType$/.test(value.type)) {
    look(value['declaration'], see);
    return;
  }
  if (isFault(value)) return;
  if (!see(value)) return;
  for (const each of Object.values(value)) look(each, see);
}

function isFault(node: Node): boolean {
  const thrown = node['argument'];
  if (node.type !== 'ThrowStatement' || !isNode(thrown) || thrown.type !== 'NewExpression') return false;
  const made = thrown['callee'];
  return isNode(made) && (made['name'] === 'Error' || made['name'] === 'RangeError');
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Facts that are names of a tool or of an argument. */
const NAMES_AS_FACTS = new Set(['tool', 'listedBy', 'field']);

/**
 * What of a catalogue of messages names a tool or an argument to everybody, not to a model alone, in the part `next`.
 * @param names of tools and of arguments
 */
export function namesForPeople(path: string, source: string, names: readonly string[]): string[] {
  const named = new RegExp(String.raw`(?<![\w-])(?:${names.join('|')})(?![\w-])|\b[a-z]+: (?:true|false)\b`);
  const found: string[] = [];
  const add = (node: Node, what: string): void => {
    found.push(`${path}:${source.slice(0, node.start).split('\n').length}: ${what}`);
  };
  const see = (node: Node): boolean => {
    if (node.type === 'Property' && isNode(node['key']) && node['key']['name'] === 'next') return false;
    const literal = literalOf(node);
    if (literal !== null && named.test(literal)) add(node, literal);
    if (node.type === 'TemplateLiteral' && Array.isArray(node['expressions']))
      for (const each of node['expressions'])
        if (isNode(each) && each.type === 'Identifier' && NAMES_AS_FACTS.has(String(each['name'])))
          add(node, String(each['name']));
    return true;
  };
  look(parseSync(path, source).program, see);
  return found;
}
