import { expect, it } from 'vitest';
import { falseClaimIn } from '../../src/domain/vendors.ts';

it.each([
  ['Claude', 'https://claude.ai/api/mcp/auth_callback', null],
  ['Claude', 'https://claude.com/api/mcp/auth_callback', null],
  ['Claude Code (jobwright)', 'http://localhost:53682/callback', null],
  ['ChatGPT', 'https://chatgpt.com/connector/oauth/x', null],
  ['Cursor', 'cursor://anysphere.cursor-mcp/oauth/callback', null],
  ['Visual Studio Code', 'https://vscode.dev/redirect', null],
  ['Visual Studio Code', 'http://127.0.0.1:33418/', null],
  ['Our own script', 'https://evil.example/callback', null],
  ['Claude', 'https://evil.example/callback', 'Claude'],
  ['Claude', 'https://claude.ai.evil.example/callback', 'Claude'],
  ['Claude', 'https://evil.example/claude.ai', 'Claude'],
  ['Claude', 'https://claude.ai:8443/callback', 'Claude'],
  ['Claude', 'cursor://anysphere.cursor-mcp/oauth/callback', 'Claude'],
  ['C l a u d e', 'https://evil.example/callback', 'Claude'],
  ['Сlаudе', 'https://evil.example/callback', 'Claude'],
  ['C1aude', 'https://evil.example/callback', 'Claude'],
  ['ＣＬＡＵＤＥ', 'https://evil.example/callback', 'Claude'],
  ['Anthropic support', 'https://evil.example/callback', 'Claude'],
  ['Chat GPT', 'https://evil.example/callback', 'ChatGPT'],
  ['VS Code', 'https://evil.example/callback', 'VS Code'],
  ['Google Gemini', 'https://sites.google.com/callback', 'Gemini'],
  ['Claude', 'not an address', 'Claude'],
] as const)('who is called %s and returns to %s claims falsely to be %s', (name, uri, vendor) => {
  expect(falseClaimIn(name, [uri])).toBe(vendor);
});

it('of several places to return to each has to be theirs, and none is not', () => {
  expect(falseClaimIn('Claude', ['https://claude.ai/a', 'http://localhost/b'])).toBeNull();
  expect(falseClaimIn('Claude', ['https://claude.ai/a', 'https://evil.example/b'])).toBe('Claude');
  expect(falseClaimIn('Claude', [])).toBe('Claude');
});
