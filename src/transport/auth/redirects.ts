// Where a person's answer to an assistant is sent.

/** As a page's policy names it: whoever is sent there by one of our forms comes from that page. */
export function placesOf(redirectUri: string): string[] {
  const url = URL.parse(redirectUri);
  if (url === null) return [];
  return [/^https?:$/.test(url.protocol) ? url.origin : url.protocol];
}

/** As a person reads it: claude.ai, or a program on their own machine. */
export function placeInWords(redirectUri: string): string {
  const url = URL.parse(redirectUri);
  if (url === null) return 'nowhere that is known';
  if (isOnThisMachine(url)) return 'a program on your own computer';
  return url.protocol === 'https:' ? url.host : `the program that opens ${url.protocol}// links`;
}

function isOnThisMachine({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
