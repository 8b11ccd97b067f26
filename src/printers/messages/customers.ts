import type { CustomerMessages } from '../../domain/messages/customers.ts';
import type { Catalogue } from '../catalogue.ts';

export const customerMessages: Catalogue<CustomerMessages> = {
  'customer.no-jobs-here': () => 'this account is on the sales-pipeline template, where there are no jobs.',
  'customer.unknown-stage': ({ said, pipeline, stages }) =>
    `${said} is not a stage of the ${pipeline} pipeline. Use one of: ${stages}.`,
  'customer.looks-like': ({ customers, first }) =>
    `this looks like a customer you have:${customers.map((each) => `\n- ${each}`).join('')}\nUse ${first}, or pass evenIfSimilar: true if this is someone else. Nothing was saved.`,
  'customer.likely-duplicate': ({ customers }) => `That looks like a customer you have: ${customers.join('; ')}.`,
};
