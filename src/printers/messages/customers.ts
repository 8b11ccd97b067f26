import type { CustomerMessages } from '../../domain/messages/customers.ts';
import type { Catalogue } from '../catalogue.ts';

export const customerMessages: Catalogue<CustomerMessages> = {
  'customer.no-jobs-here': () => 'this account is on the sales-pipeline template, where there are no jobs.',
  'customer.unknown-stage': ({ said, pipeline, stages }) =>
    `${said} is not a stage of the ${pipeline} pipeline. Use one of: ${stages}.`,
};
