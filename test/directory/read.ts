// The files of `directory/` as the tests read them.
import { readFileSync } from 'node:fs';

export const DIRECTORY = new URL('../../directory/', import.meta.url);

/** One call, and what its answer has to say; what it hides must not stand there. */
type Call = {
  readonly tool: string;
  readonly arguments: object;
  readonly says: readonly string[];
  readonly hides?: readonly string[];
};
type Case = { readonly description: string; readonly user_prompt: string; readonly expected_output: string };

type Submission = {
  readonly tools: Readonly<
    Record<
      string,
      { readonly annotations: Record<string, boolean>; readonly justifications: Readonly<Record<string, string>> }
    >
  >;
  readonly test_cases: readonly (Case & { readonly tools_triggered: string; readonly calls: readonly Call[] })[];
  /** Where a model calls the nearest tool all the same, it is refused. */
  readonly negative_test_cases: readonly (Case & { readonly tools_triggered: null; readonly nearest: Call })[];
};

export const SUBMISSION = JSON.parse(
  readFileSync(new URL('chatgpt-app-submission.json', DIRECTORY), 'utf8'),
) as Submission;

/** The example prompts of Claude's form, each with the call that answers it. */
export const PROMPTS = [
  ...readFileSync(new URL('claude.md', DIRECTORY), 'utf8').matchAll(/^- "(.+)" → `([a-z-]+) (\{.*\})`$/gm),
].map(([, prompt = '', tool = '', args = '{}']) => ({ prompt, tool, arguments: JSON.parse(args) as object }));
