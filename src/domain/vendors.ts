// Assistants whose names people know, and where their answers go: anybody can call themselves Claude, but not be sent an
// answer at claude.ai.
import { fold } from './terms.ts';

type Vendor = {
  readonly name: string;
  /** As a name claims it, folded and without spaces. */
  readonly claims: RegExp;
  readonly hosts: readonly string[];
  /** Links that open its program on the person's own machine. */
  readonly schemes: readonly string[];
};

const VENDORS: readonly Vendor[] = [
  { name: 'Claude', claims: /claude|anthropic/, hosts: ['claude.ai', 'claude.com'], schemes: ['claude:'] },
  {
    name: 'ChatGPT',
    claims: /chatgpt|openai|gpt/,
    hosts: ['chatgpt.com', 'chat.openai.com', 'platform.openai.com'],
    schemes: [],
  },
  { name: 'Cursor', claims: /cursor/, hosts: ['cursor.com', 'www.cursor.com'], schemes: ['cursor:'] },
  {
    name: 'VS Code',
    claims: /vscode|visualstudio|copilot/,
    hosts: ['vscode.dev', 'insiders.vscode.dev', 'github.com'],
    schemes: ['vscode:', 'vscode-insiders:'],
  },
  { name: 'Gemini', claims: /gemini|google/, hosts: ['gemini.google.com'], schemes: [] },
  { name: 'Windsurf', claims: /windsurf|codeium/, hosts: ['windsurf.com', 'codeium.com'], schemes: ['windsurf:'] },
];

/** Letters of other alphabets, and figures, that look like these. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', с: 'c', е: 'e', о: 'o', р: 'p', х: 'x', у: 'y', і: 'i', ѕ: 's', ԁ: 'd', ӏ: 'l', т: 't', м: 'm', к: 'k' },
  ...{ α: 'a', ε: 'e', ο: 'o', ρ: 'p', ν: 'v', ι: 'i', τ: 't' },
  ...{ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '|': 'l', ı: 'i' },
};

/** The vendor that a name claims without being it, by where the answers go; null for nobody, or that vendor itself. */
export function falseClaimIn(name: string, redirectUris: readonly string[]): string | null {
  const plain = [...name.normalize('NFKC').toLowerCase()].map((letter) => LOOKALIKES[letter] ?? letter).join('');
  const said = fold(plain).replaceAll(/[^a-z]/g, '');
  const claimed = VENDORS.filter(({ claims }) => claims.test(said));
  const [first] = claimed;
  if (first === undefined) return null;
  const isTheirs = (uri: string) => claimed.some((vendor) => leadsTo(vendor, uri)) || leadsToThisMachine(uri);
  return redirectUris.length > 0 && redirectUris.every(isTheirs) ? null : first.name;
}

function leadsTo({ hosts, schemes }: Vendor, uri: string): boolean {
  const url = URL.parse(uri);
  return url !== null && (url.protocol === 'https:' ? hosts.includes(url.host) : schemes.includes(url.protocol));
}

/** Its program on the person's own machine: what came in there has all that they have. Pages say that it goes there. */
function leadsToThisMachine(uri: string): boolean {
  const url = URL.parse(uri);
  return url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
