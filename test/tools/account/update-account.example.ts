import type { Example } from '../../support/example.ts';
import { NAME } from '../../support/longest.ts';

export const example: Example = {
  said: 'business template time zone',
  calls: [
    {
      country: 'US',
      name: 'Becker Roofing',
      address: '9 Elm',
      phone: '(512) 555-0100',
      email: 'hi@becker.example',
      template: 'hvac',
      currency: 'USD',
      timeZone: 'America/New_York',
      paymentTermsDays: 14,
      removeSamples: true,
    },
    { confirmBy: 'person' },
    { closedThrough: '2026-02-28', reason: 'The return is filed.' },
  ],
  most: [{ name: NAME('Becker') }],
};
