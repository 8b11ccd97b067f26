import type { HistoryMessages } from '../../domain/messages/history.ts';
import { inLine, plain } from '../../domain/text.ts';
import { capital, NOT_KNOWN_YET } from '../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const historyMessages: Catalogue<HistoryMessages> = {
  'history.not-with-change': () => 'does not go with change, which asks for that one. Leave it out.',
  'history.no-such-change': ({ number }) => `there is no change ${number}. Without change, the newest are listed.`,
  'history.day-or-period': () => 'is one day; give either on, or from and to.',
  'history.too-many-days': ({ most }) => `is more than ${most} days before the last. Ask for fewer days at once.`,
  'history.too-much-happened': ({ most }) =>
    `more than ${most} events of one sort are in those days. Ask for fewer days.`,
  'history.not-of-events': () => 'asks who changed what. Leave show out, or give show changes.',
  'history.could-be-anything': ({ said }) => `${said} could be anything. Say which kind: E-88, J-12, INV-1043.`,
  'history.gone-by-number': ({ said }) =>
    `nothing in these books goes by ${said} now. What was removed is found by its number only, like E-88; without record, the newest changes name theirs.`,
  'history.never-called-so': ({ said }) =>
    `nothing in these books was ever called ${said}. Give a number, like E-88, J-12 or INV-1043, or words from a name.`,
  'history.nobody-of-that-name': ({ of, said, names, count }) =>
    `${of === 'actor' ? 'Nobody' : 'No assistant'} of that name has changed anything: ${said}. There ${count === 1 ? 'is' : 'are'} ${inLine(names.join(', '))}.`,

  'event.customer': () => 'Customer added',
  'event.job': () => 'Job started',
  'event.job-status': ({ to }) => (to === 'open' ? 'Job open again' : `Job ${plain(to)}`),
  'event.note': () => 'Note',
  'event.walk': ({ ref, title }) => `Walk & talk ${ref} ${title} recorded`,
  'event.quote': ({ quote, title, isChangeOrder, isNew, status, subtotal }) =>
    `${isChangeOrder ? 'Change order' : 'Quote'} ${quote} ${title} ${isNew && status === 'draft' ? 'written' : status}, ${subtotal === null ? NOT_KNOWN_YET : `${subtotal} before tax`}`,
  'event.visit': ({ ref, title, time, status }) =>
    `${time} visit ${ref} ${title}${{ done: ', done', over: ', not marked done', ahead: '' }[status]}`,
  'event.expense': ({ expense, description, vendor, amount, isBack, isOverhead }) =>
    `${isBack ? 'Got back' : 'Spent'} ${amount} ${isBack ? 'for' : 'on'} ${description}${vendor === null ? '' : ` from ${vendor}`}${isOverhead ? ', overhead' : ''} (${expense})`,
  'event.invoice': ({ invoice, kind, total }) =>
    `${kind === 'credit_note' ? 'Credit note' : capital(kind === 'standard' ? 'invoice' : `${plain(kind)} invoice`)} ${invoice} issued, ${total}`,
  'event.invoice-void': ({ invoice, total }) => `Invoice ${invoice} of ${total} voided`,
  'event.payment': ({ payment, amount, method, invoice, isRefund }) =>
    `${isRefund ? 'Refunded' : 'Paid'} ${amount}${method === null ? '' : ` by ${method}`} on ${invoice} (${payment})`,
  'event.bounced': ({ payment, amount, invoice, as }) =>
    `${payment} of ${amount} on ${invoice} bounced, taken back as ${as}`,
};
