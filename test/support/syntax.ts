// What the tests know of a source: its syntax tree, and what it imports.
export type Node = { readonly type: string; readonly [key: string]: unknown };

export type Module = {
  readonly path: string;
  readonly program: Node;
  /** Paths of files, or names of packages, that it imports in any way. */
  readonly imports: readonly string[];
  /** Those of them that are not first loaded when they are asked for. */
  readonly atOnce: readonly string[];
};

export function walk(root: unknown, visit: (node: Node, parent: Node, key: string) => void): void {
  const step = (node: Node, parent: Node, key: string): void => {
    visit(node, parent, key);
    for (const [name, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) step(child, node, name);
    }
  };
  step(asNode(root), asNode(root), '');
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function asNode(value: unknown): Node {
  if (!isNode(value)) throw new TypeError('the parser gave no syntax tree');
  return value;
}

export function list(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}
