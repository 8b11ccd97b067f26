import type { SiteMessages } from '../../domain/messages/site.ts';
import type { Catalogue } from '../catalogue.ts';

export const siteMessages: Catalogue<SiteMessages> = {
  'cited.too-short': ({ said, fewest, ref }) =>
    `${said} is too short to be found again. Cite at least ${fewest} words in a row from ${ref}, or a whole sentence.`,
  'cited.not-said': ({ said, ref, closest }) =>
    `${said} does not stand in the transcript of ${ref}. ${closest === null ? '' : `Closest is ${closest}. `}Cite words that were said, in a row, or leave the line out.`,
};
