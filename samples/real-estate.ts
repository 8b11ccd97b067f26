import type { SampleBook } from './book.ts';

export const book = {
  customers: [
    {
      name: 'Frank and Denise Mulcahy',
      phone: '(813) 555-0141',
      email: 'mulcahy.home@example.com',
      address: '212 Palmetto Walk, Tampa, FL 33629',
      stage: 'closed',
      notes: 'Moving to be near the grandkids. Denise answers texts, Frank does not.',
      daysAgo: 190,
      jobs: [
        {
          name: 'Sale of 212 Palmetto Walk',
          description: 'Listing side, 3 bed 2 bath bungalow. Listed at 489,000, sold at 485,000.',
          status: 'completed',
          daysAgo: 180,
          people: [{ name: 'Tess Grayson', role: 'lead' }],
          notes: [
            { text: 'Four offers the first weekend. Took the one without the roof contingency.', daysAgo: 140 },
            { text: 'Closed on time, keys handed over at the title office.', daysAgo: 104 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Listing agreement, 2.5 %',
              daysAgo: 176,
              lines: [
                {
                  description: 'Listing-side commission, 2.5 % of 485,000',
                  quantity: 1,
                  unit: 'closing',
                  price: 12125_00,
                  cost: 6062_50,
                  category: 'other',
                },
                {
                  description: 'Transaction coordination',
                  quantity: 1,
                  unit: 'closing',
                  price: 495_00,
                  cost: 350_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 103,
              payment: 'part',
              lines: [
                {
                  description: 'Listing-side commission, 2.5 % of 485,000',
                  quantity: 1,
                  unit: 'closing',
                  price: 12125_00,
                },
                { description: 'Transaction coordination', quantity: 1, unit: 'closing', price: 495_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Photos, floor plan and drone',
              amount: 425_00,
              category: 'subcontractor',
              vendor: 'Bayshore Listing Media',
              daysAgo: 160,
            },
            {
              description: 'Staging, one month',
              amount: 1450_00,
              category: 'subcontractor',
              vendor: 'Gulf Breeze Staging',
              daysAgo: 162,
            },
            {
              description: 'Yard sign, lockbox, flyers',
              amount: 168_20,
              category: 'materials',
              vendor: 'Harbor Print',
              daysAgo: 158,
            },
          ],
        },
      ],
    },
    {
      name: 'Imani Brooks',
      phone: '(727) 555-0178',
      email: 'imani.brooks@example.com',
      address: '1640 Egret Point Dr, St. Petersburg, FL 33704',
      stage: 'active',
      daysAgo: 50,
      jobs: [
        {
          name: 'Listing prep and staging',
          description: 'Vacant 4 bed: paint, cleaning, staging for two months. Prep billed to the seller up front.',
          status: 'in_progress',
          daysAgo: 46,
          appointments: [
            {
              title: 'Listing photos',
              daysFromNow: 2,
              startsAt: '10:00',
              minutes: 120,
              people: ['Tess Grayson'],
              place: '1640 Egret Point Dr',
            },
            {
              title: 'Open house',
              daysFromNow: 5,
              startsAt: '13:00',
              minutes: 180,
              people: ['Tess Grayson'],
              place: '1640 Egret Point Dr',
            },
          ],
          people: [
            { name: 'Tess Grayson', role: 'lead' },
            { name: 'Gulf Breeze Staging', role: 'sub' },
          ],
          notes: [
            { text: 'Stager came in 300 over, needed a second truck. Photos Tuesday if the sky holds.', daysAgo: 12 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Listing prep, 1640 Egret Point',
              daysAgo: 42,
              lines: [
                {
                  description: 'Home staging',
                  quantity: 2,
                  unit: 'month',
                  price: 1900_00,
                  cost: 1350_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Touch-up painting',
                  quantity: 1,
                  unit: 'job',
                  price: 1650_00,
                  cost: 1200_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Pre-listing cleaning',
                  quantity: 9,
                  unit: 'hour',
                  price: 58_00,
                  cost: 35_00,
                  category: 'labor',
                },
                {
                  description: 'Prep management',
                  quantity: 14,
                  unit: 'hour',
                  price: 85_00,
                  cost: 40_00,
                  category: 'labor',
                },
              ],
            },
            {
              kind: 'change_order',
              status: 'accepted',
              title: 'Front yard clean-up',
              daysAgo: 20,
              lines: [
                {
                  description: 'Hedges, mulch and pressure wash',
                  quantity: 1,
                  unit: 'job',
                  price: 780_00,
                  cost: 560_00,
                  category: 'subcontractor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 40,
              payment: 'none',
              lines: [{ description: 'Deposit, listing prep', quantity: 1, unit: 'job', price: 3500_00 }],
            },
          ],
          expenses: [
            {
              description: 'Staging, two months, second truck',
              amount: 3000_00,
              category: 'subcontractor',
              vendor: 'Gulf Breeze Staging',
              daysAgo: 13,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'Touch-up painting',
              amount: 1140_00,
              category: 'subcontractor',
              vendor: 'Pinellas Painters',
              daysAgo: 18,
              allocatedTo: { quote: 0, line: 2 },
            },
            {
              description: "Storage unit for the owner's boxes",
              amount: 210_00,
              category: 'other',
              vendor: 'Gateway Storage',
              daysAgo: 28,
            },
          ],
          doneLines: [{ quote: 0, line: 2 }],
        },
      ],
    },
    {
      name: 'Raj and Simone Patel-Wright',
      phone: '(813) 555-0109',
      email: 'patelwright@example.com',
      address: '3020 Heron Court, Apt 5, Tampa, FL 33611',
      stage: 'closed',
      notes: 'First-time buyers. Saw 31 houses.',
      daysAgo: 260,
      jobs: [
        {
          name: 'Purchase of 87 Cedar Key Ln',
          description: 'Buyer side, townhouse, 268,000. Two deals fell through before this one.',
          address: '87 Cedar Key Ln, Brandon, FL 33511',
          status: 'completed',
          daysAgo: 245,
          people: [{ name: 'Owen Sharpe', role: 'lead' }],
          notes: [
            {
              text: 'Gave back 1,500 for repairs to keep it alive. Six months of weekends for this check.',
              daysAgo: 78,
            },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Buyer agreement, 2.5 %',
              daysAgo: 240,
              lines: [
                {
                  description: 'Buyer-side commission, 2.5 % of 268,000',
                  quantity: 1,
                  unit: 'closing',
                  price: 6700_00,
                  cost: 3350_00,
                  category: 'other',
                },
                { description: 'Repair credit to the buyers', quantity: 1, unit: 'closing', price: -1500_00 },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 72,
              lines: [
                {
                  description: 'Buyer-side commission, 2.5 % of 268,000',
                  quantity: 1,
                  unit: 'closing',
                  price: 6700_00,
                },
                { description: 'Repair credit to the buyers', quantity: 1, unit: 'closing', price: -1500_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Showing assistant, 38 hours',
              amount: 1140_00,
              category: 'labor',
              vendor: 'Kayla Dunn',
              daysAgo: 90,
            },
            {
              description: 'Inspections on the two lost deals',
              amount: 875_00,
              category: 'subcontractor',
              vendor: 'Suncoast Home Inspection',
              daysAgo: 118,
            },
          ],
        },
      ],
    },
    {
      name: 'Walter Kowalczyk',
      phone: '(813) 555-0156',
      email: 'w.kowalczyk@example.com',
      address: '4 Mangrove Bend, Apollo Beach, FL 33572',
      stage: 'consultation',
      daysAgo: 17,
      jobs: [
        {
          name: 'Sale of 4 Mangrove Bend',
          description: 'Canal home with dock, thinking of 725,000. Wants it on the market in six weeks.',
          status: 'open',
          daysAgo: 14,
          appointments: [
            {
              title: 'Listing consultation',
              daysFromNow: -14,
              startsAt: '14:00',
              minutes: 90,
              people: ['Tess Grayson'],
            },
          ],
          walkAndTalks: [
            {
              title: 'House walk with Walter',
              daysAgo: 14,
              consent: 'Walter agreed to the recording on the dock',
              transcript: [
                "Tess: Walter, I'll record our walk so the listing is right. Okay with you?",
                'Walter: Fine by me.',
                'Tess: Dock first. How old is the lift?',
                'Walter: Four years, ten thousand pounds. The seawall was redone the year before.',
                'Tess: That goes on the first line. Do you have the permit for it?',
                'Walter: In a folder somewhere.',
                'Tess: Buyers will ask. Inside, the carpet in the two front rooms should go.',
                "Walter: It's tile under it, I think.",
                'Tess: Even better. The roof?',
                "Walter: 2014, before that we had the old one since '92.",
                "Tess: The insurance people will want a date on paper. At 725 we'd be above the last three on this canal, they closed between 660 and 705.",
                "Walter: I'm in no hurry for the price, but I want it on in six weeks.",
              ],
              summary:
                'Canal home with a four-year-old lift and a new seawall; carpet out, papers for roof and seawall, price talk at 725.',
              findings: [
                'Lift four years old, 10,000 lb',
                'Last three sales on the canal 660 to 705 thousand',
                'Carpet in two front rooms over tile',
              ],
              followUps: ['Walter looks for the seawall permit', 'Roof date in writing', 'Comparables on one page'],
            },
          ],
          notes: [{ text: 'Seawall report first. Comps say 690 to 715, told him straight.', daysAgo: 13 }],
          quotes: [
            {
              status: 'sent',
              title: 'Listing agreement, 2.75 %',
              daysAgo: 9,
              lines: [
                {
                  description: 'Listing-side commission, 2.75 % of 700,000',
                  quantity: 1,
                  unit: 'closing',
                  price: 19250_00,
                  cost: 9625_00,
                  category: 'other',
                },
                {
                  description: 'Transaction coordination',
                  quantity: 1,
                  unit: 'closing',
                  price: 495_00,
                  cost: 350_00,
                  category: 'labor',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'Cordova Family Trust',
      phone: '(941) 555-0132',
      email: 'cordova@example.com',
      address: '58 Orange Blossom Rd, Bradenton, FL 34205',
      stage: 'closed',
      notes: 'Trustee lives out of state, everything by email.',
      daysAgo: 170,
      jobs: [
        {
          name: 'Estate clean-out and sale',
          description: 'Empty the house, light repairs, sell as is. Closed at 312,000.',
          status: 'completed',
          daysAgo: 165,
          people: [
            { name: 'Owen Sharpe', role: 'lead' },
            { name: 'Two Brothers Hauling', role: 'sub' },
          ],
          notes: [{ text: 'Hauler needed a third load for the shed. Not sure it was in their price.', daysAgo: 128 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Clean-out and listing, 3 %',
              daysAgo: 160,
              lines: [
                {
                  description: 'Listing-side commission, 3 % of 312,000',
                  quantity: 1,
                  unit: 'closing',
                  price: 9360_00,
                  cost: 4680_00,
                  category: 'other',
                },
                {
                  description: 'Clean-out, two loads',
                  quantity: 2,
                  unit: 'load',
                  price: 780_00,
                  cost: 560_00,
                  category: 'subcontractor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 88,
              lines: [
                {
                  description: 'Listing-side commission, 3 % of 312,000',
                  quantity: 1,
                  unit: 'closing',
                  price: 9360_00,
                },
                { description: 'Clean-out, two loads', quantity: 2, unit: 'load', price: 780_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Clean-out, third load',
              amount: 540_00,
              category: 'subcontractor',
              vendor: 'Two Brothers Hauling',
              daysAgo: 127,
            },
            {
              description: 'Locks, smoke alarms, sign',
              amount: 236_45,
              category: 'materials',
              vendor: 'Manatee Hardware',
              daysAgo: 135,
            },
          ],
        },
        {
          name: 'Lease of the guest house',
          description: 'Find a tenant for the cottage while the main house is on the market.',
          status: 'cancelled',
          daysAgo: 150,
          notes: [{ text: 'Buyer wants it vacant. Dropped.', daysAgo: 125 }],
          quotes: [
            {
              status: 'declined',
              title: 'Tenant placement',
              daysAgo: 146,
              lines: [
                {
                  description: "Tenant placement, half a month's rent",
                  quantity: 1,
                  unit: 'lease',
                  price: 725_00,
                  cost: 360_00,
                  category: 'other',
                },
              ],
            },
          ],
          expenses: [
            {
              description: 'Rental listing fee',
              amount: 59_00,
              category: 'other',
              vendor: 'Rental listing site',
              daysAgo: 143,
            },
          ],
        },
      ],
    },
  ],
} satisfies SampleBook;
