import { some, capital, counted, listed, NOT_KNOWN_YET } from '../format.ts';
import type { ChangedPart, LogMessages } from '../../domain/messages/log.ts';
import { plain, cut } from '../../domain/text.ts';
import type { Catalogue, Printed } from '../catalogue.ts';

const PARTS: Readonly<Record<ChangedPart, string>> = {
  consent: 'consent',
  details: 'details',
  findings: 'findings',
  followUps: 'follow-ups',
  heldAt: 'time',
  notes: 'notes',
  stage: 'stage',
  summary: 'summary',
  title: 'title',
  transcript: 'transcript',
};
const JOB_FIELDS = {
  name: 'name',
  description: 'description',
  address: 'address',
  startsOn: 'start',
  endsOn: 'end',
  completedOn: 'day completed',
  cancelledOn: 'day cancelled',
} as const;

const CUSTOMER_FIELDS = {
  name: 'name',
  phone: 'phone',
  email: 'e-mail',
  address: 'address',
  notes: 'notes',
  stage: 'stage',
  otherPhones: 'other phones',
  otherEmails: 'other e-mails',
  otherAddresses: 'other addresses',
} as const;

type Facts<C extends keyof LogMessages> = Printed<LogMessages[C]>;

/** Of what was entered on another day. */
const dayText = (on: string | undefined) => (on === undefined ? '' : ` on ${on}`);

const joined = (parts: readonly string[]) => parts.join('; ');
const fromTo = (what: string, from: string | number | null, to: string | number | null) =>
  `${what} from ${from ?? 'none'} to ${to ?? 'none'}`;
const small = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const peopleText = (people: Facts<'log.people'>['people']) =>
  people.map(({ name, role }) => `${name} (${role})`).join(', ');

/** At most so many are named. */
const MOST_NAMED = 12;
const listText = (words: readonly string[]) => some(words, MOST_NAMED);

function monthlyFromText({ from, also, hasBooked, leftOut }: Facts<'log.monthly-from'>): string {
  const too = also.length === 0 ? '' : `, and ${listText(also.map(({ expense, on }) => `${expense} of ${on}`))} too`;
  const stays = hasBooked ? `; what ${also.length === 0 ? '' : 'else '}it has booked stays` : '';
  return `from ${from} on${too}${stays}${leftOut.length === 0 ? '' : `; nothing is booked on ${listText(leftOut)}`}`;
}

/** Where a file is that is on nothing. */
const IN_THE_BOOKS = 'in the books, on nothing';

export const logMessages: Catalogue<LogMessages> = {
  'log.so-already': ({ ref, name }) => `${name === undefined ? ref : `${ref} ${name}`} is so already`,
  'log.changed': ({ ref, name, changes }) => `Changed ${ref} ${name}: ${joined(changes)}`,
  'log.became': ({ ref, name, changes }) => `${ref} ${name}: ${joined(changes)}`,
  'log.changed-parts': ({ ref, name, changes }) => `Changed ${ref} ${name}: ${changes.join(', ')}`,
  'log.step': ({ of, from, to }) => `${of === 'who' ? 'who goes' : of} ${from ?? 'none'} → ${to ?? 'none'}`,
  'log.part': ({ part }) => PARTS[part],
  'log.part-changed': ({ part }) => `${PARTS[part]} changed`,
  'log.shortened': ({ what, most }) => cut(what, most),
  'log.undone': ({ change, summary }) => `Undid change ${change}: ${cut(summary, 300)}`,
  'log.undone-again': ({ change, first, stands, summary }) =>
    `Undid change ${change}, so that change ${first} ${stands ? 'stands again' : 'is undone again'}: ${cut(summary, 300)}`,

  'log.account-opened': () => 'Account opened',
  'log.account-changed': ({ changes }) => `Account: ${joined(changes)}`,
  'log.account-so-already': () => 'The account is so already',
  'log.account-field': ({ field, from, to }) => fromTo(field, from, to),
  'log.confirm-by': ({ by }) =>
    by === 'person'
      ? 'from now on what is costly waits for the person themselves'
      : 'from now on an assistant may pass on the yes to what is costly',
  'log.plan': ({ plan }) => `Plan is now ${plan}`,
  'log.samples-loaded': ({ template }) => `Loaded the ${template} samples`,
  'log.samples-removed': ({ count }) => `${count} sample records removed`,
  'log.samples-of-that-trade': () => 'the samples are now of that trade',
  'log.jobs-hidden': ({ count }) => `${count} job${count === 1 ? ' is' : 's are'} no longer shown`,
  'log.closed-through': ({ day, jobs }) => `closed through ${day}, figures of ${jobs} job${jobs === 1 ? '' : 's'} kept`,
  'log.opened-again': ({ after, reason }) =>
    `${after === null ? 'all months are open again' : `opened again after ${after}`}: ${reason}`,
  'log.waiting-to-bill': ({ jobs }) => {
    const left = `completed with something left to bill: ${jobs.map((each) => `${each.job} (${each.left})`).join(', ')}`;
    return {
      next: `${left}; bill it, or update-job with billingDone: true`,
      instead: `${left}; bill it, or say that no more is billed`,
    };
  },
  'log.numbers-go-on': ({ last }) => `Invoice numbers go on after INV-${last}, since this book came back from a backup`,

  'log.customer-added': ({ ref, name }) => `Added ${ref} ${name}`,
  'log.customer-created': ({ name }) => `Customer ${name} added`,
  'log.merged': ({ from, into }) => `Merged ${from.ref} ${from.name} into ${into.ref} ${into.name}`,
  'log.customer-details': ({ fields }) => `Changed ${fields.map((field) => CUSTOMER_FIELDS[field]).join(', ')}`,
  'log.customer-field': ({ field, from, to }) =>
    field === 'notes' || field === 'stage' ? field : fromTo(CUSTOMER_FIELDS[field], from, to),
  'log.appointment-scheduled': ({ ref, title, span }) => `${ref} ${title}: scheduled for ${span}`,
  'log.scheduled': ({ ref, title, customer, when }) => `Scheduled ${ref} ${title} with ${customer}, ${when}`,
  'log.visits-scheduled': ({ first, last, count, title, every, from, until, customer }) =>
    `Scheduled ${count} visits ${first} to ${last} ${title}${customer === null ? '' : ` with ${customer}`}, every ${every} from ${from} until ${until}`,
  'log.visits-changed': ({ first, last, count, name, changes }) =>
    `Changed ${count} visits from ${first} to ${last} ${name}: ${joined(changes)}`,
  'log.took-place': ({ ref, title }) => `${ref} ${title}: took place`,
  'log.walk-and-talk-recorded': ({ ref, title }) => `Walk & talk ${ref} "${title}" recorded`,
  'log.walk-and-talk-loaded': ({ ref, title }) => `${ref} ${title} recorded`,
  'log.recorded': ({ ref, title, customer }) => `Recorded walk & talk ${ref} "${title}" with ${customer}`,

  'log.job-started': ({ customer }) => (customer === undefined ? 'Job started' : `Job started for ${customer}`),
  'log.job-of-customer': ({ ref, name }) => `${ref} ${name} started`,
  'log.started': ({ ref, name, customer, besides }) =>
    joined([`Started ${ref} "${name}" for ${customer.name} (${customer.ref})`, ...besides]),
  'log.job-moved': ({ job, name, from, to, along }) =>
    `${job} ${name} moved from ${from.ref} ${from.name} to ${to.ref} ${to.name}${withThese(along)}`,
  'log.job-now-for': ({ from, to, along }) =>
    `now for ${to.ref} ${to.name} instead of ${from.ref} ${from.name}${withThese(along)}`,
  'log.job-details': ({ changes }) => capital(joined(changes)),
  'log.job-field': ({ field, to }) => `${JOB_FIELDS[field]} is now ${to === null ? 'empty' : `"${to}"`}`,
  'log.job-status': ({ from, to }) => `Status: ${plain(from)} → ${plain(to)}`,
  'log.status-step': ({ from, to }) => `status ${plain(from)} → ${plain(to)}`,
  'log.people': ({ people }) => (people.length === 0 ? 'Nobody on it any more' : `On it: ${peopleText(people)}`),
  'log.people-now': ({ people }) => (people.length === 0 ? 'nobody is on it now' : `on it: ${peopleText(people)}`),
  'log.nearly-called': ({ name, meant }) =>
    `nobody here goes by "${name}": if ${meant} is meant, write it so, or they do not see the job`,
  'log.note': () => '(note removed)',
  'log.note-added': () => 'note added',
  'log.job-billing': ({ job, step }) => `${job}: ${step}`,
  'log.billing-done': ({ writtenOff }) =>
    `nothing more to bill${writtenOff === null ? '' : `, ${writtenOff} left is written off`}`,
  'log.billing-goes-on': ({ left }) => `billing goes on${left === null ? '' : `, ${left} is left to bill again`}`,

  'log.payment': paymentText,
  'log.payment-recorded': (facts) => `Recorded ${small(paymentText(facts))}`,
  'log.payment-voided': (facts) => `Voided ${small(paymentText(facts))}`,
  'log.payment-bounced': ({ payment, amount, invoice, day, as, others }) =>
    `${payment} of ${amount} on ${invoice} bounced: taken back on ${day} as ${as}${others.map(otherText).join('')}`,
  'log.payment-moved': ({ payment, moved, from, to, split }) =>
    `${payment}: ${moved} moved from ${from} to ${to}${split === null ? '' : `, as ${split.as}; ${split.left} of it stay on ${from}`}`,
  'log.paid-moves': ({ amount }) => `${amount} that was paid moves to it`,
  'log.payment-split': ({ payment, as }) => `${payment} is split (what moves is ${as})`,
  'log.owed-to-customer': ({ amount, on }) => `${amount} stays on ${on} and is owed to the customer`,
  'log.expense': (facts) =>
    `${expenseText(facts)}${facts.covers === null ? '' : `, covers ${facts.covers}`}${facts.receipt === null ? '' : `, receipt ${facts.receipt}`}`,
  'log.expense-removed': (facts) => `Removed ${expenseText(facts)}${besides(facts.stays)}`,
  'log.expense-logged': ({ expense, description, amount, on, isRefund }) =>
    `Logged ${expense} ${description}, ${amount}${isRefund === true ? ' back' : ''}, on ${on.ref} ${on.name}`,
  'log.expense-taken-out': ({ expense, description, amount, stays, isRefund }) =>
    `Removed ${expense} ${description}, ${amount}${isRefund === true ? ' back' : ''}${besides(stays)}`,
  'log.expense-moved': ({ expense, description, job }) => `${expense} ${description} moved to ${job ?? 'overhead'}`,
  'log.monthly-began': ({ monthly, description, amount, first, until }) =>
    `${monthly} ${description}: ${amount} every month from ${first}${until === null ? '' : ` until ${until}`}`,
  'log.monthly-booked': ({ expense, on, amount }) => `booked ${expense} of ${on}: ${amount}`,
  'log.monthly-ended': ({ monthly, description }) =>
    `${monthly} ${description} has ended: it books no more, and what it has booked stays`,
  'log.monthly-booked-stays': ({ after, last }) => `what was booked after ${after}, up to ${last}, stays`,
  'log.monthly-changes-later': ({ monthly, description, amount, later, from, hasBooked }) =>
    `${monthly} ${description}: ${later} every month from ${from} on, ${amount} until then${hasBooked ? '; what it has booked stays' : ''}`,
  'log.monthly-stays': ({ monthly, description, amount, from }) =>
    `${monthly} ${description} stays ${amount} every month: the change from ${from} is taken back`,
  'log.monthly-from': monthlyFromText,
  'log.monthly-booked-now': ({ booked, total }) => {
    const all = booked.length > MOST_NAMED ? ` (${booked.length} in all)` : '';
    return `booked ${listText(booked.map(({ expense, on }) => `${expense} of ${on}`))}${all}: ${total}`;
  },
  'log.due-booked': ({ booked }) =>
    `Booked what comes every month: ${listText(
      booked.map(
        ({ expense, monthly, description, amount, on }) => `${expense} ${description} ${amount} of ${on} (${monthly})`,
      ),
    )}`,
  'log.expenses-logged': expensesText,
  'log.linked': ({ links, isSo }) => {
    const each = links.map(({ expense, line }) => `${expense} covers ${line ?? 'no line'}`);
    return `${listText(each)}${isSo ? ' already' : ''}`;
  },
  'log.covers-no-more': ({ expense, description, line }) =>
    `${expense} ${description} covers ${line ?? 'its line'} no more: its quote left the job`,
  'log.receipt': ({ file }) => `receipt ${file}`,
  'log.receipt-no-more': ({ file, on }) =>
    `${file} is its receipt no more and stays ${on === null ? IN_THE_BOOKS : `on ${on}`}`,
  'log.files-stay': ({ files, on }) =>
    `${files.join(', ')} ${files.length === 1 ? 'stays' : 'stay'} ${on === null ? IN_THE_BOOKS : `on ${on}`}`,
  'log.moved-along': ({ file }) => `${file} moved along`,

  'log.file-attached': ({ file, name, ...facts }) => `${file} ${name} attached to ${placeText(facts)}`,
  'log.attached': ({ file, name, lacks, ...facts }) =>
    `Attached ${file} ${name} to ${placeText(facts)}${
      lacks === null ? '' : `; it is kept, and models see it once a library is installed: npm install ${lacks}`
    }`,
  'log.very-same-file': ({ file, name, on }) => `${file} ${name} on ${on.ref} ${on.name} is the very same file`,
  'log.file-is-receipt': ({ file, name, expense }) => `${file} ${name} is the receipt of ${expense}`,
  'log.file-let-go': ({ file, name, expense }) => `${file} ${name} is no longer a file of ${expense}`,
  'log.file-left-for-overhead': ({ file, name, expense }) =>
    `${file} ${name} is the receipt of ${expense}, which is overhead, and no longer filed here`,
  'log.file-moved-with': ({ file, name, expense, job }) =>
    `${file} ${name} moved with ${expense} to ${job ?? 'overhead'}`,
  'log.file-is-photo': ({ file, name, of }) => `${file} ${name} is a photo of ${of}`,
  'log.photos-added': ({ photos }) => `photos ${photos.join(', ')} added`,
  'log.filed': ({ refs, from, to }) => `${listText(refs)} ${moveText(from, to)}`,
  'log.filing': filingText,

  'log.quote-written': ({ quote, title, kind, status, revises, copyOf }) =>
    `${kind === 'change_order' ? 'Change order' : 'Quote'} ${quote} "${title}" ${status}${revises === null ? '' : `, revises ${revises}`}${copyOf === undefined ? '' : `, copied from ${copyOf}`}`,
  'log.wrote': ({ quote, title, kind, contract, customer, status, subtotal, copyOf, percent }) =>
    `Wrote ${kind === 'change_order' ? 'change order' : 'quote'} ${quote} "${title}"${contract === null ? '' : ` to ${contract}`} for ${customer}${takenOver(copyOf, percent)}, ${status}, ${subtotal === null ? NOT_KNOWN_YET : `${subtotal} before tax`}`,
  'log.drafted-from': ({ quote, title }) => `${quote} "${title}" drafted from it`,
  'log.new-lines': ({ quote, ...facts }) =>
    facts.added === undefined ? `${quote} has new lines` : `${quote}: ${linesText(facts)}`,
  'log.lines-replaced': linesText,
  'log.quote-status': ({ quote, from, to, on }) => `${quote} ${from} → ${to}${dayText(on)}`,
  'log.quote-step': ({ from, to, on }) => `${from} → ${to}${dayText(on)}`,
  'log.quote-sent-again': ({ name, on }) => `sent again${dayText(on)}, made out to ${name}`,
  'log.quote-sent-again-of': ({ quote, name, on }) => `${quote} sent again${dayText(on)}, made out to ${name}`,
  'log.discount': discountText,
  'log.discount-of': ({ quote, ...facts }) => `${quote}: ${discountText(facts)}`,
  'log.quote-replaced': ({ quote, by }) => `${quote} replaced by ${by}`,
  'log.line-done': ({ line, description, done, spentNothing }) =>
    `${line} ${description}: ${done ? `done${spentNothing ? ', nothing spent on it' : ''}` : 'not done after all'}`,
  'log.more-lines': ({ count }) => `and ${count} more lines`,

  'log.invoice': ({ invoice, became }) => `${invoice} ${became}`,
  'log.invoice-void': ({ invoice, reason }) => `${invoice} void: ${reason}`,
  'log.credit-note': ({ note, invoice }) => `Credit note ${note} for ${invoice} issued`,
  'log.counts': ({ invoice, contract, already }) =>
    `${invoice} ${contract === null ? 'is extra work' : `counts against ${contract}`}${already ? ' already' : ''}`,
  'log.billed': ({ invoice, isDraft, credits, customer, total, besides: more }) =>
    [
      `${isDraft ? 'Drafted' : 'Issued'} ${credits === null ? '' : 'credit note '}${invoice} for ${credits === null ? '' : `${credits} of `}${customer}, ${total}`,
      ...more,
    ].join(': '),
  'log.billed-several': ({ bills, isDraft, total }) => {
    const each = bills.map(
      ({ invoice, customer, job, total: one }) => `${invoice} for ${customer}${job === null ? '' : ` (${job})`} ${one}`,
    );
    return `${isDraft ? 'Drafted' : 'Issued'} ${counted(bills.length, 'invoice')}, ${total} in all: ${some(each, MOST_NAMED)}`;
  },
  'log.price-reduction': ({ amount, contract, worth }) =>
    `a price reduction of ${amount}, ${contract} comes to ${worth} from now on`,
  'log.less-billed': ({ amount, contract, worth, left }) =>
    `${amount} less is billed on ${contract}, which comes to ${worth} as before, ${left} of it left to bill`,
  'log.due-moved': ({ invoice, from, to }) => `${invoice} is due ${to} instead of ${from ?? 'on no day'}`,
  'log.issued-already': ({ invoice }) => `${invoice} is issued already`,
  'log.invoice-written': ({ invoice, became }) => `${capital(became)} ${invoice}`,
  'log.invoice-voided': ({ invoice, customer, total }) => `Voided ${invoice} of ${customer}, ${total}`,
  'log.corrected': correctedText,
};

function linesText({ out = [], outCount = 0, added, from = null, to = null }: Facts<'log.lines-replaced'>): string {
  if (added === undefined) return 'lines replaced';
  return listed([
    outCount > 0 && `${counted(outCount, 'line')} taken out (${some(out, out.length, outCount)})`,
    added > 0 && `${counted(added, 'line')} added`,
    outCount + added === 0 && 'lines changed',
    from !== null && to !== null && `${from} → ${to}`,
  ]);
}

function discountText({ percent, amount }: Facts<'log.discount'>): string {
  const said = listed([percent === null ? null : `${percent} %`, amount]);
  return said === '' ? 'no discount any more' : `discount of ${said}`;
}

function withThese(along: readonly string[]): string {
  return along.length === 0 ? '' : `, with ${listText(along)}`;
}

function takenOver(copyOf: string | undefined, percent: number | undefined): string {
  const copy = copyOf === undefined ? '' : `, a copy of ${copyOf}`;
  if (percent === undefined || percent === 0) return copy;
  return `${copy}, prices ${Math.abs(percent)} % ${percent > 0 ? 'higher' : 'lower'}`;
}

function paymentText({ isRefund, payment, amount, invoice }: Facts<'log.payment'>): string {
  return `${isRefund ? 'Refund' : 'Payment'} ${payment} of ${amount} on ${invoice}`;
}

function otherText({ payment, amount, invoice }: Facts<'log.payment-bounced'>['others'][number]): string {
  return `. If ${payment} of ${amount} on ${invoice}, of the same day, is part of the same payment, it bounced too: say so of it as well`;
}

type OneExpense = Pick<Facts<'log.expense'>, 'expense' | 'description' | 'amount' | 'category' | 'isRefund'>;
function expenseText({ expense, description, amount, category, isRefund }: OneExpense): string {
  const much = amount === undefined ? '' : `: ${amount}${isRefund === true ? ' back' : ''}`;
  return `${expense} ${description}${much} (${category})`;
}

function expensesText(facts: Facts<'log.expenses-logged'>): string {
  const { count, total, on, overhead, monthly, bounded = [], waiting = [] } = facts;
  const where = [
    ...on.map((job) => `${job.count} on ${job.ref} ${job.name}`),
    ...(overhead === 0 ? [] : [`${overhead} overhead`]),
  ];
  const each = monthly.length === 0 ? '' : `; every month from now on: ${listText(monthly)}`;
  const some = bounded.map(
    (one) => `; ${one.once === null ? `every month until ${one.until}` : `once, on ${one.once}`}: ${one.monthly}`,
  );
  const logged = `Logged ${count} ${count === 1 ? 'expense' : 'expenses'}, ${total}: ${listText(where)}`;
  const waits = waiting.map(
    (one) => `; ${one.monthly} waits: ${one.on} lies in closed months (through ${one.closedThrough})`,
  );
  const nothing = waiting.length === 0 ? 'Nothing is due yet' : 'Nothing is booked yet';
  return `${count === 0 ? nothing : logged}${each}${some.join('')}${waits.join('')}`;
}

function besides(words: string | null): string {
  return words === null ? '' : `; ${words}`;
}

function placeText({
  on,
  placeRemoved,
  inPlaceOf,
  flaw,
  isPicture,
  receiptStays,
}: Omit<Facts<'log.file-attached'>, 'file' | 'name'>): string {
  return [
    `${on.ref} ${on.name}`,
    placeRemoved ? ', without the place where it was taken' : '',
    inPlaceOf === null ? '' : `, its receipt now in place of ${inPlaceOf}`,
    flaw === null ? '' : flaw === 'damaged' && isPicture ? DAMAGED_PICTURE : FLAWS[flaw],
    receiptStays === null ? '' : `; the receipt stays ${receiptStays}`,
  ].join('');
}

/** Such a file is kept, since it may be all there is, and whoever sent it learns of it while they have the right one. */
const FLAWS = {
  damaged: '; it is damaged, it breaks off before its end: attach it again, whole',
  locked: '; a password protects it: where it asks for one, attach a copy that opens without',
  'too large': '; it is too large to be shown: attach a smaller, newly saved picture beside it',
} as const satisfies Record<NonNullable<Facts<'log.file-attached'>['flaw']>, string>;
const DAMAGED_PICTURE = '; the picture is damaged and cannot be shown: attach it again, whole';

function moveText(from: string | null, to: string | null): string {
  if (to === null) return `taken out of ${from ?? ''}`;
  return from === null ? `filed under ${to}` : `moved from ${from} to ${to}`;
}

function filingText({ moved, along, already, cut: uncovered, from, to }: Facts<'log.filing'>): string {
  const under = to === null ? 'under no job' : `under ${to.ref} ${to.name}`;
  if (moved.length + along.length === 0)
    return `${listText(already)} ${already.length === 1 ? 'is' : 'are'} so already: ${under}`;
  const jobs = listText(from.map(({ ref, name }) => `${ref} ${name}`));
  const what = listText(moved.length === 0 ? along : moved);
  return [
    to === null ? `Took ${what} out of ${jobs}` : `Filed ${what} ${under}`,
    ...(moved.length > 0 && along.length > 0 ? [`with ${listText(along)}`] : []),
    ...(already.length > 0 ? [`${listText(already)} ${already.length === 1 ? 'was' : 'were'} there already`] : []),
    ...(uncovered.length > 0
      ? [listText(uncovered.map(({ expense, line }) => `${expense} covers ${line ?? 'its line'} no more`))]
      : []),
  ].join('; ');
}

function correctedText({
  invoice,
  customer,
  total,
  note,
  replacement,
  untaxed,
  due,
  money,
}: Facts<'log.corrected'>): string {
  return [
    `Corrected ${invoice} of ${customer}, ${total}: ${note} credits it, ${replacement.invoice} takes its place, ${replacement.total}`,
    untaxed === null ? '' : `, without the ${untaxed} tax that it had`,
    due === null ? '' : `, due ${due.now ?? 'on no day'} instead of ${due.before ?? 'no day'}`,
    money.length === 0 ? '' : `; ${money.join(', ')}`,
  ].join('');
}
