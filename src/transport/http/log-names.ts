// How the log names a request: never by what a stranger wrote.
/** A proxy's own id, where it looks like one. */
export function sane(id: string | string[] | undefined): string | undefined {
  return typeof id === 'string' && /^[\w.-]{8,64}$/.test(id) ? id : undefined;
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
export function traceOf(header: string | string[] | undefined): string | undefined {
  const [, id] =
    typeof header === 'string' ? (/^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(header) ?? []) : [];
  return id;
}

const ROUTES = [
  '/mcp',
  '/healthz',
  '/readyz',
  '/.well-known',
  '/oauth',
  '/sign-in',
  '/sign-out',
  '/invitation',
  '/assistants',
  '/a',
  '/upload',
  '/download',
  '/confirm',
];

/** What stands behind the first part of a path can be a secret or a record. */
export function routeOf(path: string): string {
  return ROUTES.find((route) => path === route || path.startsWith(`${route}/`)) ?? (path === '/' ? '/' : 'other');
}
