// A real Chromium without a screen: Debian's, found or, by root on Debian, installed. Tests that need one fail without.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { onTestFinished } from 'vitest';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function find(): string | null {
  const { CHROMIUM, PATH = '' } = process.env;
  const places = [
    ...(CHROMIUM === undefined ? [] : [CHROMIUM]),
    ...PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ];
  const isThere = (path: string) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return places.find(isThere) ?? null;
}

/** Runs once before the tests that start the program. */
export function setup(): void {
  if (find() !== null) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    process.stderr.write("No Chromium was found; installing Debian's.\n");
    try {
      execFileSync('apt-get', ['update'], { stdio: 'ignore' });
      execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    } catch {
      // Said below.
    }
  }
  if (find() === null)
    throw new Error(
      'These tests need Chromium. On Debian: apt-get install chromium. Elsewhere set CHROMIUM to its path.',
    );
}

/** A phone, with scripts switched off unless told otherwise. */
export async function openPhone({ scripts = false }: { scripts?: boolean } = {}): Promise<BrowserContext> {
  const browser = await chromium.launch({
    executablePath: find() ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  onTestFinished(async () => await browser.close());
  return await browser.newContext({
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: scripts,
    hasTouch: true,
  });
}
