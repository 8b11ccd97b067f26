// A run of all tests fails where PostgreSQL was left out: what stands on books ran there as it did on SQLite.
import { matchesGlob } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** How many tests of a file passed, or failed, in a project. */
export type Ran = { readonly project: string; readonly file: string; readonly tests: number };

const isOfPostgres = (project: string) => project.startsWith('postgres');

/**
 * @param rooms whose files run on both engines, all of them but those of `one`
 * @returns the faults, in words
 */
export function leftOut(ran: readonly Ran[], rooms: readonly string[], one: readonly string[]): string[] {
  const fits = (file: string, globs: readonly string[]) => globs.some((glob) => matchesGlob(file, glob));
  const both = ran.filter(({ file }) => fits(file, rooms) && !fits(file, one));
  const tests = (file: string, isMeant: (project: string) => boolean) =>
    both.reduce((sum, each) => sum + (each.file === file && isMeant(each.project) ? each.tests : 0), 0);
  const files = [...new Set(both.map(({ file }) => file))];
  if (files.length === 0) return ['no test ran on both engines'];
  return files.flatMap((file) => {
    const [sqlite, postgres] = [tests(file, (project) => !isOfPostgres(project)), tests(file, isOfPostgres)];
    return sqlite > 0 && postgres >= sqlite ? [] : [`${file}: ${sqlite} tests on SQLite, ${postgres} on PostgreSQL`];
  });
}

function ranIn(testModule: TestModule, root: string): Ran {
  const all = [...testModule.children.allTests()].filter((test) => ['passed', 'failed'].includes(test.result().state));
  const file = testModule.moduleId.slice(root.length + 1);
  return { project: testModule.project.name, file, tests: all.length };
}

/** Watches over runs of everything; one of a few files, or of one project, is as it was asked for. */
export function bothEngines(rooms: readonly string[], one: readonly string[]): Reporter {
  let vitest: Vitest | undefined;
  return {
    onInit: (context) => void (vitest = context),
    onTestRunEnd: (modules) => {
      if (vitest === undefined) return;
      const { config } = vitest;
      const files = 'filenamePattern' in vitest ? vitest.filenamePattern : undefined;
      if (files !== undefined || config.project.length > 0 || config.testNamePattern || config.shard) return;
      const faults = leftOut(
        modules.map((each) => ranIn(each, config.root)),
        rooms,
        one,
      );
      if (faults.length === 0) return;
      process.exitCode = 1;
      vitest.logger.error(['Not every test of both engines ran on both:', ...faults].join('\n  '));
    },
  };
}
