import type { Prompt } from './define-prompt.ts';

export const priceAJob: Prompt = {
  name: 'price-a-job',
  title: 'Price a job',
  description: 'Work out a quote line by line, with its cost and margin, before the customer sees it.',
  arguments: [
    { name: 'job', title: 'Job', description: 'number (J-12) or name', kind: 'job' },
    {
      name: 'customer',
      title: 'Customer',
      description: 'number (C-7) or name, where there is no job yet',
      kind: 'customer',
    },
    { name: 'walkAndTalk', title: 'Walk & talk', description: 'number (W-3) of the site visit', kind: 'walk_and_talk' },
  ],
  needs: ['get-job', 'create-quote'],
  opening: ({ job, customer, walkAndTalk }) => {
    const who = job ?? customer;
    const about = who === undefined ? 'a job with me; ask me first which one' : `with me: ${who.title}`;
    return `Price ${about}.${walkAndTalk === undefined ? '' : ` The site visit was ${walkAndTalk.title}.`} Steps:`;
  },
  steps: ({ job, customer, walkAndTalk }) => [
    ...(job === undefined
      ? []
      : [{ uses: ['get-job'], says: `Read get-job ${job.ref}: what is wanted, what is quoted already.` }]),
    ...(job !== undefined || customer === undefined
      ? []
      : [{ uses: ['get-customer'], says: `Read get-customer ${customer.ref}: earlier work and prices.` }]),
    ...(walkAndTalk === undefined
      ? []
      : [
          {
            uses: ['fetch'],
            says: `Read fetch ${walkAndTalk.ref}, its findings and what was said. A line drafted from it cites words that really stand there.`,
          },
        ]),
    {
      uses: ['list-quotes'],
      says: 'Look for like work with list-quotes and a query, and take prices and costs from there.',
    },
    {
      uses: ['get-account'],
      says: 'Check the usual lines of the trade (get-account), so that nothing is forgotten: tear-off, permit, disposal, labor.',
    },
    {
      uses: ['create-quote'],
      says: 'Show me the lines: description, quantity, unit, price, and my private cost with its category. Never make up a quantity or a price: ask me, or leave unitPrice null.',
    },
    { uses: ['create-quote'], says: 'When I agree, create-quote as a draft.' },
    {
      uses: ['get-quote'],
      says: 'Try the margin with get-quote and whatIf (my usual target, else 35 %), and show what would have to change.',
    },
    {
      uses: ['get-document', 'update-quote'],
      says: 'When I say send, show the paper with get-document, then update-quote with status sent.',
    },
  ],
};
