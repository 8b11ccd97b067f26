import type { AccessMessages } from '../../domain/messages/access.ts';
import type { Catalogue } from '../catalogue.ts';

const WEAK = {
  common: 'many people have it, or one much like it',
  own: 'it is your name, your e-mail or Jobwright, with little beside it',
  pattern: 'it repeats itself, or stands in a row on the keyboard or in the alphabet',
  date: 'it is a date or a year, with little beside it',
  short: 'it is too short for what it is made of',
};

function inPerson(where: string): string {
  return `In these books only the person says yes to that, themselves, within 15 minutes, once. ${where}\nGive them this and wait: nothing that you could send does it. Once they say that it is done, look at the record.`;
}

export const accessMessages: Catalogue<AccessMessages> = {
  'person.name-form': () => 'write a name of 1 to 80 characters, with letters in it.',
  'person.email-form': ({ said }) => `${said} is no e-mail address, like maria@lopez-roofing.com.`,
  'person.in-already': ({ email, account, name, role }) =>
    `${email} is in ${account} already, as ${name} (${role}). jobwright people link ${email} makes a new link.`,
  'person.name-taken': ({ email, account, name, asked }) =>
    `${account} knows somebody as ${name} already (${email}). Give another name, like "${asked} B.": it is what stands in the history and on jobs.`,
  'person.was-in-as': ({ email, account, name }) => `${email} was in ${account} as ${name}: come back under that name.`,
  'person.unknown': ({ said }) => `nobody here has the e-mail ${said}. jobwright people lists who is here.`,
  'person.only-owner': ({ name, account }) =>
    `${name} is the only owner of ${account}. Make somebody else an owner first.`,
  'person.not-in': ({ email, accountId, account }) =>
    `${email ?? 'that person'} is not in account ${accountId}${account === null ? '' : ` (${account})`}. jobwright people invite asks them in.`,
  'sign-in.link-ended': () => 'This link was used already or has ended. Ask whoever runs this Jobwright for a new one.',
  'sign-in.not-right': () =>
    'The e-mail or the password is not right, or there were too many tries: then wait a few minutes. Whoever runs this Jobwright can send you a new link.',
  'sign-in.too-many': () => 'Too many people are signing in just now. Try again in a moment.',
  'password.too-short': ({ fewest }) => `use at least ${fewest} characters.`,
  'password.too-long': ({ most }) => `use at most ${most} characters.`,
  'password.easy-to-guess': ({ why }) =>
    `this one is easy to guess: ${WEAK[why]}. Three or four unrelated words are good.`,
  'token.name-form': () => 'say in 1 to 80 characters what the token is for.',
  'token.beyond-role': ({ name, role, beyond, may }) =>
    `${name} is ${role} and cannot have ${beyond.join(', ')}, only ${may.join(', ')}.`,
  'token.reads-at-least': () => 'give at least books:read.',
  'token.revoked-already': ({ id, accountId }) => `token ${id} of account ${accountId} was revoked already.`,
  'token.unknown': ({ id, accountId }) =>
    `account ${accountId} has no token ${id}. jobwright tokens --account ${accountId} lists those it has.`,
  'link.too-many-wait': ({ count }) =>
    `${count} calls wait for their person already. Let them say yes to those that they mean; each of the others ends 15 minutes after it was made.`,
  'link.not-with-upload-link': () => ({
    next: 'does not go with uploadLink: the page is for files of one job.',
    instead: 'does not go with an upload link: its page is for files of one job.',
  }),
  'link.no-page-here': () =>
    'there is no page here that somebody else could open: an upload link needs a server that people reach (jobwright http with --url). Give the bytes as content in base64, or path of a file in a folder that it was started with (--files FOLDER).',
  'link.for-one-job': () => 'is for one job: say which, like J-12.',
  'link.too-many-open': ({ count }) => ({
    says: `you gave out ${count} upload links that are open still.`,
    next: 'End some first: uploadLink false.',
    instead: 'End some first.',
  }),
  'confirm.for-another-call': () =>
    'that was given for another call, or the books have changed since. Nothing was done. Call again without confirm to see what would happen now.',
  'confirm.by-the-person': () =>
    'in these books only the person says yes, themselves, and no assistant with a value. Leave it out: the answer says where they do.',
  'confirm.person-is-asked': () => 'the person is asked here, and only their own answer counts. Leave it out.',
  'confirm.done-already': () => 'this was done already, or its 15 minutes are over. Nothing was done now.',
  'confirm.not-from-here': () =>
    'In these books only the person says yes to that, themselves, which they cannot from here.',
  'confirm.in-terminal': ({ code }) =>
    inPerson(`In a terminal on the computer that the books are on they type: jobwright confirm ${code}`),
  'confirm.on-page': ({ url }) => inPerson(`They sign in, read what it comes to and press the button there: ${url}`),
};
