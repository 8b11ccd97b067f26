import type { CallMessages } from '../../domain/messages/calls.ts';
import type { Catalogue } from '../catalogue.ts';
import { NO_JOBS } from './records.ts';

const ROLES: Readonly<Record<CallMessages['call.not-for-role']['role'], string>> = {
  owner: 'the owner',
  office: 'the office',
  crew: 'crew',
};

export const callMessages: Catalogue<CallMessages> = {
  'call.not-for-role': ({ name, role }) => `${name} is not for ${ROLES[role]}.`,
  'call.other-tools': ({ refused, tools }) => ({ says: refused, next: `The tools here are: ${tools.join(', ')}.` }),
  'call.no-such-tool': ({ said, tools }) => ({
    says: `There is no tool ${said}.`,
    next: `The tools are: ${tools.join(', ')}.`,
  }),
  'call.not-granted': ({ name, scopes }) =>
    `${name} needs ${scopes.join(' and ')}, which this assistant was not granted. Sign in again and allow it.`,
  'call.toolset-off': ({ name, toolsets }) =>
    `${name} is switched off here: this server runs with --toolsets ${toolsets.join(',')}.`,
  'call.read-only': ({ name }) =>
    `${name} is switched off here: this server runs with --read-only, so nothing can be changed.`,
  'call.without-jobs': ({ about }) => ({
    says: NO_JOBS,
    next:
      about === 'tool'
        ? 'Use the customer, quote and invoice tools, or change the template with update-account.'
        : 'Leave job out and give customer.',
  }),
  'call.input-faults': ({ faults, more }) => [...faults, ...(more > 0 ? [`(and ${more} more)`] : [])].join('\n'),
  'call.nul': () => 'has a NUL character (U+0000) in it, which is not kept. Leave it out.',
  'prompt.none': ({ said, prompts }) =>
    `there is no prompt ${said} here. The prompts are: ${prompts.join(', ') || 'none'}.`,
  'prompt.no-such-argument': ({ prompt, expected }) =>
    `${prompt} takes no such argument. Expected: ${expected.join(', ') || 'none'}.`,
  'prompt.argument-too-long': () => 'is too long. Give a number, like J-12, or a few words.',
  'prompt.argument-missing': ({ what }) => `is missing. Give its ${what}.`,
  'resource.none': ({ said }) => `there is no resource ${said}. Addresses look like jobwright://jobs/J-12.`,
  'resource.not-for-crew': () => ({
    says: 'Records are not read in this way by crew.',
    next: 'fetch opens the jobs that you are on, and what is on them.',
  }),
};
