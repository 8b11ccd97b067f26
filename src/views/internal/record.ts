// Any record as its owner sees it.
import type { Said } from '../../domain/message.ts';
import type { VisibleAccount } from '../../domain/account.ts';
import type { Appointment } from '../../domain/appointment.ts';
import type { Expense } from '../../domain/cost.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { Paper } from '../../domain/paper.ts';
import type { Payment } from '../../domain/payment.ts';
import type { Quote, QuoteLine } from '../../domain/quote.ts';
import type { AddressKind } from '../../kinds/uri.ts';
import { paperView } from '../customer/paper.ts';
import { appointmentRow } from './appointment.ts';
import { customerPage } from './customer.ts';
import { expenseRow } from './expense.ts';
import { fileRow } from './file.ts';
import { invoicePage, paymentRow } from './invoice.ts';
import { jobPage } from './job.ts';
import { plainFields } from './plain-record.ts';
import { quotePage } from './quote.ts';
import { walkAndTalkDetails } from './walk-and-talk.ts';
import { named } from './format.ts';

type Paged = { readonly excerpt: { readonly nextCursor: string | null } };

type Invoice = Parameters<typeof invoicePage>[0] & Paged;

export type FoundPage = { readonly place: AddressKind; readonly ref: string; readonly title: Said } & (
  | { readonly kind: 'customer'; readonly page: Parameters<typeof customerPage>[0] }
  | { readonly kind: 'job'; readonly page: Parameters<typeof jobPage>[0] }
  | { readonly kind: 'quote'; readonly page: Parameters<typeof quotePage>[0] & Paged }
  | { readonly kind: 'line'; readonly page: { readonly quote: Quote; readonly line: QuoteLine } }
  | { readonly kind: 'invoice'; readonly page: Invoice }
  | { readonly kind: 'payment'; readonly page: { readonly payment: Payment; readonly invoice: Invoice } }
  | { readonly kind: 'expense'; readonly page: Expense }
  | { readonly kind: 'file'; readonly page: StoredFile }
  | { readonly kind: 'appointment'; readonly page: Appointment }
  | { readonly kind: 'walk_and_talk'; readonly page: Parameters<typeof walkAndTalkDetails>[0] }
  | { readonly kind: 'paper'; readonly page: Paper }
  | { readonly kind: 'record'; readonly page: Parameters<typeof plainFields>[0] }
);

/** The record as its own tool answers with it, and what else it is told by. */
export function recordView(found: FoundPage, account: VisibleAccount) {
  const { kind } = found;
  switch (kind) {
    case 'customer':
      return { kind, view: customerPage(found.page, account) };
    case 'job':
      return { kind, view: jobPage(found.page, account) };
    case 'quote':
      return { kind, view: quotePage(found.page, account), nextCursor: found.page.excerpt.nextCursor ?? undefined };
    case 'line': {
      const { quote, line } = found.page;
      const from = quote.lines.indexOf(line);
      const page = { quote, revisedBy: null, contract: null, excerpt: { from, to: from + 1 } };
      return { kind, title: found.title, lines: quotePage(page, account).lines };
    }
    case 'invoice':
      return {
        kind,
        view: invoicePage(found.page, account),
        nextCursor: found.page.excerpt.nextCursor ?? undefined,
      };
    case 'payment': {
      const { payment, invoice } = found.page;
      return { kind, view: paymentRow(payment, account), invoice: invoicePage(invoice, account) };
    }
    case 'expense':
      return {
        kind,
        view: expenseRow(found.page, account),
        job: found.page.job === null ? null : named('job', found.page.job),
      };
    case 'file':
      return { kind, view: fileRow(found.page, account) };
    case 'appointment':
      return { kind, view: appointmentRow(found.page, account) };
    case 'walk_and_talk':
      return {
        ...{ kind, view: walkAndTalkDetails(found.page, account) },
        transcript: found.page.walkAndTalk.transcript,
      };
    case 'paper':
      return { kind, view: paperView(found.page, account) };
    case 'record':
      return { kind, title: found.title, fields: plainFields(found.page, account) };
  }
}
export type RecordView = ReturnType<typeof recordView>;
