import type { CustomerMessages } from '../../domain/messages/customers.ts';
import type { Catalogue } from '../catalogue.ts';

export const customerMessages: Catalogue<CustomerMessages> = {
  'customer.unknown-stage': ({ said, pipeline, stages }) =>
    `${said} is not a stage of the ${pipeline} pipeline. Use one of: ${stages}.`,
  'customer.looks-like': ({ customers, first }) => {
    const alike = `this looks like a customer you have:${customers.map((each) => `\n- ${each}`).join('')}\nUse ${first}`;
    return {
      next: `${alike}, or pass evenIfSimilar: true if this is someone else. Nothing was saved.`,
      instead: `${alike}, or say that this is someone else. Nothing was saved.`,
    };
  },
  'customer.likely-duplicate': ({ customers }) => `That looks like a customer you have: ${customers.join('; ')}.`,
};
