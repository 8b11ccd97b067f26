import type { Prompt } from './define-prompt.ts';

export const chaseWhatIsOwed: Prompt = {
  name: 'chase-what-is-owed',
  title: 'Chase what is owed',
  description: 'Who owes what and how late, with a friendly reminder drafted for each.',
  arguments: [
    { name: 'customer', title: 'Customer', description: 'number (C-7) or name; leave out for all', kind: 'customer' },
  ],
  needs: ['list-receivables'],
  opening: ({ customer }) =>
    `Help me get paid${customer === undefined ? '' : ` by ${customer.title}`}. You draft, I send: nothing leaves from here. Steps:`,
  steps: ({ customer }) => [
    {
      uses: ['list-receivables'],
      says: `list-receivables with explain: true${customer === undefined ? '' : ` and customer ${customer.ref}`}: list who is late, oldest first, and how each is reached. What is not due yet needs no reminder.`,
    },
    {
      uses: ['list-receivables'],
      says: 'For each customer draft one short, friendly reminder: invoice numbers, dates due, what is left to pay. A word firmer from 30 days late on, never rude. No cost, margin or profit in it.',
    },
    { uses: ['get-document'], says: 'Offer the paper to go with it (get-document as PDF).' },
    { uses: ['record-payment'], says: 'If I say that something was paid, record-payment, and drop it from the list.' },
  ],
};
