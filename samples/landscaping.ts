import type { SampleBook } from './book.ts';

export const book = {
  customers: [
    {
      name: 'Beth Calloway',
      phone: '(919) 555-0116',
      email: 'beth.calloway@example.com',
      address: '604 Sycamore Knoll, Raleigh, NC 27609',
      stage: 'maintenance',
      notes: 'Gate code on file with the crew lead. Cat stays in.',
      daysAgo: 170,
      jobs: [
        {
          name: 'Paver patio',
          description: '360 sq ft herringbone patio with seat wall and steps.',
          status: 'completed',
          daysAgo: 125,
          people: [
            { name: 'Hector Ruiz', role: 'lead' },
            { name: 'Danny Pope', role: 'crew' },
          ],
          notes: [
            { text: 'Good base, 6 in. of ABC compacted in two lifts. Fall is away from the house.', daysAgo: 102 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Paver patio with seat wall',
              daysAgo: 120,
              lines: [
                {
                  description: 'Pavers, base and sand',
                  quantity: 360,
                  unit: 'sq ft',
                  price: 14_50,
                  cost: 7_60,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Seat wall block and caps',
                  quantity: 54,
                  unit: 'sq ft',
                  price: 31_00,
                  cost: 16_80,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Excavation and laying',
                  quantity: 96,
                  unit: 'hour',
                  price: 62_00,
                  cost: 34_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 98,
              lines: [
                {
                  description: 'Pavers, base and sand',
                  quantity: 360,
                  unit: 'sq ft',
                  price: 14_50,
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Seat wall block and caps',
                  quantity: 54,
                  unit: 'sq ft',
                  price: 31_00,
                  taxRatePercent: 7.25,
                },
                { description: 'Excavation and laying', quantity: 96, unit: 'hour', price: 62_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Skid steer, three days',
              amount: 690_00,
              category: 'equipment',
              vendor: 'Triangle Equipment Rental',
              daysAgo: 105,
            },
            {
              description: 'Spoil haul-off',
              amount: 280_00,
              category: 'subcontractor',
              vendor: 'Red Clay Hauling',
              daysAgo: 103,
            },
          ],
        },
        {
          name: 'Weekly mowing',
          description: '28 visits, edge and blow every time.',
          status: 'in_progress',
          daysAgo: 90,
          people: [{ name: 'Danny Pope', role: 'lead' }],
          quotes: [
            {
              status: 'accepted',
              title: 'Mowing, 28 visits',
              daysAgo: 88,
              lines: [
                {
                  description: 'Weekly mowing',
                  quantity: 28,
                  unit: 'visit',
                  price: 68_00,
                  cost: 39_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'progress',
              daysAgo: 55,
              payment: 'none',
              lines: [{ description: 'Mowing, first four visits', quantity: 4, unit: 'visit', price: 68_00 }],
            },
            {
              kind: 'progress',
              daysAgo: 25,
              lines: [{ description: 'Mowing, next four visits', quantity: 4, unit: 'visit', price: 68_00 }],
            },
            {
              kind: 'progress',
              draft: true,
              daysAgo: 1,
              lines: [{ description: 'Mowing, four visits', quantity: 4, unit: 'visit', price: 68_00 }],
            },
          ],
        },
      ],
    },
    {
      name: 'Omar Haddad',
      phone: '(984) 555-0152',
      email: 'omar.haddad@example.com',
      address: '19 Tulip Poplar Way, Cary, NC 27511',
      stage: 'won',
      daysAgo: 44,
      jobs: [
        {
          name: 'Retaining wall and planting',
          description: 'Segmental block wall, 3 ft high, along the drive, then shrubs and mulch above.',
          status: 'in_progress',
          daysAgo: 40,
          appointments: [
            {
              title: 'Wall block delivery',
              daysFromNow: 1,
              startsAt: '07:00',
              minutes: 60,
              people: ['Hector Ruiz'],
              place: 'Along the drive',
            },
            {
              title: 'Choose shrubs at the nursery with Omar',
              daysFromNow: 5,
              startsAt: '09:30',
              minutes: 90,
              people: ['Hector Ruiz'],
              place: 'Tar Heel Growers',
            },
          ],
          people: [
            { name: 'Hector Ruiz', role: 'lead' },
            { name: 'Danny Pope', role: 'crew' },
          ],
          notes: [
            { text: 'Hit an old stump line, base needed more stone than planned.', daysAgo: 10 },
            { text: 'Wall at course 5 of 6. Omar wants a drain outlet to the street, signed the change.', daysAgo: 4 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Retaining wall, 180 sq ft, and planting',
              daysAgo: 36,
              lines: [
                {
                  description: 'Wall block, base and geogrid',
                  quantity: 180,
                  unit: 'sq ft',
                  price: 24_00,
                  cost: 13_50,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Shrub, 5 gal',
                  quantity: 22,
                  unit: 'plant',
                  price: 48_00,
                  cost: 24_50,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Hardwood mulch',
                  quantity: 8,
                  unit: 'cu yd',
                  price: 65_00,
                  cost: 33_00,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                { description: 'Crew', quantity: 110, unit: 'hour', price: 62_00, cost: 34_00, category: 'labor' },
              ],
            },
            {
              kind: 'change_order',
              status: 'accepted',
              title: 'Drain outlet to the street',
              daysAgo: 4,
              lines: [
                {
                  description: 'Drain pipe and curb outlet',
                  quantity: 38,
                  unit: 'linear ft',
                  price: 22_00,
                  cost: 11_00,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 34,
              lines: [
                {
                  description: 'Deposit 25 %, materials',
                  quantity: 1,
                  unit: 'job',
                  price: 1474_00,
                  taxRatePercent: 7.25,
                },
                { description: 'Deposit 25 %, crew', quantity: 1, unit: 'job', price: 1705_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Wall block, stone, geogrid',
              amount: 2894_60,
              category: 'materials',
              vendor: 'Piedmont Stone Yard',
              daysAgo: 12,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'Mini excavator, two days',
              amount: 540_00,
              category: 'equipment',
              vendor: 'Triangle Equipment Rental',
              daysAgo: 11,
            },
          ],
        },
      ],
    },
    {
      name: 'Stonegate Townhomes',
      phone: '(919) 555-0183',
      email: 'stonegate@example.com',
      address: '100 Stonegate Cir, Durham, NC 27707',
      stage: 'maintenance',
      notes: 'PO number on every invoice.',
      daysAgo: 220,
      jobs: [
        {
          name: 'Entrance sod and irrigation',
          description: 'Strip the dead turf at the entrance, four new irrigation zones, fescue sod.',
          status: 'completed',
          daysAgo: 85,
          people: [
            { name: 'Hector Ruiz', role: 'lead' },
            { name: 'Bluewater Irrigation', role: 'sub' },
          ],
          notes: [
            {
              text: 'First sod pallets cooked in the truck, had to buy again. Lesson learned: deliver before 9.',
              daysAgo: 73,
            },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Entrance turf, 4,200 sq ft',
              daysAgo: 82,
              lines: [
                {
                  description: 'Fescue sod, laid',
                  quantity: 4200,
                  unit: 'sq ft',
                  price: 1_15,
                  cost: 62,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Irrigation zone',
                  quantity: 4,
                  unit: 'zone',
                  price: 760_00,
                  cost: 560_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Strip and grade',
                  quantity: 30,
                  unit: 'hour',
                  price: 62_00,
                  cost: 34_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 68,
              lines: [
                { description: 'Fescue sod, laid', quantity: 4200, unit: 'sq ft', price: 1_15, taxRatePercent: 7.25 },
                { description: 'Irrigation zone', quantity: 4, unit: 'zone', price: 760_00 },
                { description: 'Strip and grade', quantity: 30, unit: 'hour', price: 62_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Fescue sod, two deliveries',
              amount: 4485_00,
              category: 'materials',
              vendor: 'Sandhills Sod Farm',
              daysAgo: 73,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'Irrigation, four zones',
              amount: 2310_00,
              category: 'subcontractor',
              vendor: 'Bluewater Irrigation',
              daysAgo: 75,
              allocatedTo: { quote: 0, line: 2 },
            },
            {
              description: 'Crew hours, laid twice',
              amount: 1768_00,
              category: 'labor',
              daysAgo: 70,
              allocatedTo: { quote: 0, line: 3 },
            },
            {
              description: 'Sod cutter and roller',
              amount: 236_00,
              category: 'equipment',
              vendor: 'Triangle Equipment Rental',
              daysAgo: 76,
            },
          ],
          doneLines: [
            { quote: 0, line: 1 },
            { quote: 0, line: 2 },
            { quote: 0, line: 3 },
          ],
        },
        {
          name: 'Bed edging and mulch',
          description: 'Edge all beds, 60 yards of mulch.',
          status: 'completed',
          daysAgo: 150,
          people: [{ name: 'Danny Pope', role: 'lead' }],
          notes: [{ text: 'Took 66 yards, beds by the pool are deeper than they look.', daysAgo: 138 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Bed edging and mulch, 60 cu yd',
              daysAgo: 147,
              lines: [
                {
                  description: 'Hardwood mulch',
                  quantity: 60,
                  unit: 'cu yd',
                  price: 65_00,
                  cost: 33_00,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Edge and spread',
                  quantity: 48,
                  unit: 'hour',
                  price: 58_00,
                  cost: 32_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 136,
              payment: 'part',
              lines: [
                { description: 'Hardwood mulch', quantity: 60, unit: 'cu yd', price: 65_00, taxRatePercent: 7.25 },
                { description: 'Edge and spread', quantity: 48, unit: 'hour', price: 58_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Mulch, six yards more',
              amount: 198_00,
              category: 'materials',
              vendor: 'Piedmont Stone Yard',
              daysAgo: 138,
            },
          ],
        },
      ],
    },
    {
      name: 'Lydia Nwosu',
      phone: '(919) 555-0107',
      email: 'lydia.nwosu@example.com',
      address: '2250 Laurel Spring Rd, Chapel Hill, NC 27516',
      stage: 'estimate_sent',
      daysAgo: 19,
      jobs: [
        {
          name: 'Backyard rain garden',
          description: 'Regrade the wet corner, rain garden with natives, dry creek from the downspout.',
          status: 'open',
          daysAgo: 15,
          appointments: [
            { title: 'Walk the backyard', daysFromNow: -15, startsAt: '13:00', minutes: 60, people: ['Hector Ruiz'] },
          ],
          walkAndTalks: [
            {
              title: 'Rain garden walk with Lydia',
              daysAgo: 15,
              consent: 'Lydia agreed to being recorded',
              transcript: [
                "Hector: I'll record this, Lydia, so the sketch comes out right. Is that fine?",
                'Lydia: Please do.',
                'Hector: So all the water from the back roof comes out of this one downspout.',
                'Lydia: And it sits in that corner for three days.',
                "Hector: It's clay, I dug eight inches and it's solid. We'd loosen it and bring in compost and sand.",
                'Lydia: How big does it get?',
                'Hector: About 12 by 16 feet, ten inches deep. Then a dry creek from the downspout, 22 feet.',
                "Lydia: I'd like things that flower, and nothing the deer eat.",
                'Hector: Then joe-pye weed, blue flag and river oats. Deer leave those alone mostly.',
                "Lydia: The neighbor's fence is right there.",
                'Hector: We stay five feet off, and the overflow goes toward the swale, away from the fence.',
              ],
              summary:
                'Rain garden of 12 by 16 ft in the wet corner with a 22 ft dry creek, deer-resistant natives, overflow to the swale.',
              findings: [
                'Heavy clay at 8 inches',
                'All roof water from the back comes out of one downspout',
                'Neighbor fence: stay 5 ft off',
              ],
              followUps: ['Call 811 before digging', 'Plant list with prices for Lydia'],
            },
          ],
          notes: [{ text: 'Water stands two days after rain. Clay down to 14 in., needs amended soil.', daysAgo: 14 }],
          quotes: [
            {
              status: 'sent',
              title: 'Rain garden, 220 sq ft',
              daysAgo: 9,
              lines: [
                {
                  description: 'Amended soil and river rock',
                  quantity: 9.5,
                  unit: 'cu yd',
                  price: 92_00,
                  cost: 51_00,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Native perennials, 1 gal',
                  quantity: 64,
                  unit: 'plant',
                  price: 16_00,
                  cost: 7_75,
                  category: 'materials',
                  taxRatePercent: 7.25,
                },
                {
                  description: 'Dig, grade and plant',
                  quantity: 40,
                  unit: 'hour',
                  price: 62_00,
                  cost: 34_00,
                  category: 'labor',
                },
              ],
            },
          ],
        },
      ],
    },
  ],
} satisfies SampleBook;
