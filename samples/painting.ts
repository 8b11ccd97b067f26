import type { SampleBook } from './book.ts';

export const book = {
  customers: [
    {
      name: 'Megan Sorensen',
      phone: '(503) 555-0115',
      email: 'megan.sorensen@example.com',
      address: '1423 SE Madrone St, Portland, OR 97214',
      stage: 'completed',
      notes: 'Sensitive to smell, low-VOC paint only.',
      daysAgo: 92,
      jobs: [
        {
          name: 'Whole-house interior',
          description: 'Walls, ceilings and trim, 2,100 sq ft craftsman, occupied.',
          status: 'completed',
          daysAgo: 86,
          people: [
            { name: 'Oscar Nygaard', role: 'lead' },
            { name: 'Bri Fuentes', role: 'crew' },
            { name: 'Leo Marsh', role: 'crew' },
          ],
          notes: [
            { text: 'Old oil trim in the dining room, bonding primer first.', daysAgo: 74 },
            { text: 'Left touch-up cans labeled by room in the basement.', daysAgo: 65 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Interior repaint',
              daysAgo: 83,
              lines: [
                {
                  description: 'Walls, two coats',
                  quantity: 5200,
                  unit: 'sq ft',
                  price: 1_35,
                  cost: 72,
                  category: 'labor',
                },
                {
                  description: 'Ceilings, one coat',
                  quantity: 2100,
                  unit: 'sq ft',
                  price: 80,
                  cost: 44,
                  category: 'labor',
                },
                {
                  description: 'Trim and baseboard',
                  quantity: 680,
                  unit: 'linear ft',
                  price: 3_25,
                  cost: 1_90,
                  category: 'labor',
                },
                {
                  description: 'Interior paint, low VOC',
                  quantity: 34,
                  unit: 'gallon',
                  price: 62_00,
                  cost: 41_50,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 81,
              lines: [{ description: 'Deposit, interior repaint', quantity: 1, unit: 'job', price: 3200_00 }],
            },
            {
              kind: 'progress',
              daysAgo: 64,
              lines: [
                { description: 'Balance on completion, interior repaint', quantity: 1, unit: 'job', price: 9818_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Plaster patching, stairwell',
              amount: 380_00,
              category: 'subcontractor',
              vendor: 'Rose City Plaster',
              daysAgo: 76,
            },
            {
              description: 'Interior paint and primer',
              amount: 1356_90,
              category: 'materials',
              vendor: 'Cascade Paint & Supply',
              daysAgo: 78,
              allocatedTo: { quote: 0, line: 4 },
            },
          ],
          doneLines: [{ quote: 0, line: 4 }],
        },
      ],
    },
    {
      name: 'Gary Tamashiro',
      phone: '(971) 555-0168',
      email: 'gtamashiro@example.com',
      address: '880 Fern Hollow Rd, Lake Oswego, OR 97034',
      stage: 'won',
      daysAgo: 33,
      jobs: [
        {
          name: 'Exterior repaint',
          description: 'Cedar siding, wash, scrape, prime, two coats. Three colors.',
          status: 'in_progress',
          daysAgo: 29,
          appointments: [
            {
              title: 'Color check on the west side',
              daysFromNow: 1,
              startsAt: '08:00',
              minutes: 30,
              people: ['Oscar Nygaard'],
            },
            {
              title: 'Second coat, south and west',
              daysFromNow: 3,
              startsAt: '08:00',
              minutes: 480,
              people: ['Oscar Nygaard', 'Leo Marsh'],
            },
          ],
          people: [
            { name: 'Oscar Nygaard', role: 'lead' },
            { name: 'Leo Marsh', role: 'crew' },
          ],
          notes: [
            { text: 'South wall drinks paint. Already at 26 gallons of body color.', daysAgo: 5 },
            { text: 'Rain till Thursday, back on the east side when it dries.', daysAgo: 2 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Exterior, wash to finish',
              daysAgo: 25,
              lines: [
                {
                  description: 'Exterior wash and prep',
                  quantity: 3100,
                  unit: 'sq ft',
                  price: 85,
                  cost: 46,
                  category: 'labor',
                },
                {
                  description: 'Siding, prime and two coats',
                  quantity: 3100,
                  unit: 'sq ft',
                  price: 2_10,
                  cost: 1_16,
                  category: 'labor',
                },
                {
                  description: 'Exterior paint and primer',
                  quantity: 38,
                  unit: 'gallon',
                  price: 78_00,
                  cost: 54_00,
                  category: 'materials',
                },
                {
                  description: 'Boom lift',
                  quantity: 4,
                  unit: 'day',
                  price: 395_00,
                  cost: 310_00,
                  category: 'equipment',
                },
              ],
            },
            {
              kind: 'change_order',
              status: 'accepted',
              title: 'Replace rotten trim boards',
              daysAgo: 10,
              lines: [
                {
                  description: 'Cedar trim board, primed and set',
                  quantity: 44,
                  unit: 'linear ft',
                  price: 19_50,
                  cost: 11_20,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 24,
              lines: [{ description: 'Deposit, exterior repaint', quantity: 1, unit: 'job', price: 3400_00 }],
            },
            {
              kind: 'progress',
              draft: true,
              daysAgo: 1,
              lines: [{ description: 'South and west sides done', quantity: 1, unit: 'stage', price: 5000_00 }],
            },
          ],
          expenses: [
            {
              description: 'Body, trim and primer, 43 gallons',
              amount: 2347_60,
              category: 'materials',
              vendor: 'Cascade Paint & Supply',
              daysAgo: 6,
              allocatedTo: { quote: 0, line: 3 },
            },
            {
              description: 'Lead test kits and disposal',
              amount: 96_40,
              category: 'other',
              vendor: 'Willamette Safety',
              daysAgo: 20,
            },
          ],
        },
      ],
    },
    {
      name: 'Pinecrest Lofts',
      phone: '(503) 555-0199',
      email: 'pinecrestlofts@example.com',
      address: '215 NW Foundry Ave, Portland, OR 97209',
      stage: 'completed',
      notes: 'Turnovers need 48 hours. Net 30.',
      daysAgo: 140,
      jobs: [
        {
          name: 'Unit 4B turnover',
          description: 'Two-bedroom, walls and doors, nicotine stains.',
          status: 'completed',
          daysAgo: 57,
          people: [{ name: 'Bri Fuentes', role: 'lead' }],
          notes: [
            { text: 'Stains bled through twice. Third coat everywhere, we are losing on this one.', daysAgo: 51 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Unit 4B, walls and doors',
              daysAgo: 55,
              lines: [
                {
                  description: 'Walls, two coats',
                  quantity: 1480,
                  unit: 'sq ft',
                  price: 95,
                  cost: 58,
                  category: 'labor',
                },
                {
                  description: 'Door, both sides',
                  quantity: 7,
                  unit: 'door',
                  price: 70_00,
                  cost: 38_00,
                  category: 'labor',
                },
                {
                  description: 'Stain-blocking primer and paint',
                  quantity: 11,
                  unit: 'gallon',
                  price: 48_00,
                  cost: 34_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 49,
              payment: 'none',
              lines: [
                { description: 'Walls, two coats', quantity: 1480, unit: 'sq ft', price: 95 },
                { description: 'Door, both sides', quantity: 7, unit: 'door', price: 70_00 },
                { description: 'Stain-blocking primer and paint', quantity: 11, unit: 'gallon', price: 48_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Crew hours, third coat included',
              amount: 1530_00,
              category: 'labor',
              daysAgo: 50,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'Primer and paint, 19 gallons',
              amount: 684_25,
              category: 'materials',
              vendor: 'Cascade Paint & Supply',
              daysAgo: 52,
              allocatedTo: { quote: 0, line: 3 },
            },
          ],
          doneLines: [
            { quote: 0, line: 1 },
            { quote: 0, line: 3 },
          ],
        },
        {
          name: 'Hallways, floors 2 and 3',
          description: 'Corridor walls in eggshell, doors and frames in satin.',
          status: 'completed',
          daysAgo: 128,
          people: [
            { name: 'Oscar Nygaard', role: 'lead' },
            { name: 'Bri Fuentes', role: 'crew' },
          ],
          notes: [{ text: 'Manager changed the door color half way, bought five gallons more.', daysAgo: 109 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Corridors, two floors',
              daysAgo: 124,
              lines: [
                {
                  description: 'Walls, two coats',
                  quantity: 4300,
                  unit: 'sq ft',
                  price: 1_20,
                  cost: 68,
                  category: 'labor',
                },
                {
                  description: 'Door and frame, one side',
                  quantity: 24,
                  unit: 'door',
                  price: 85_00,
                  cost: 44_00,
                  category: 'labor',
                },
                {
                  description: 'Interior paint',
                  quantity: 30,
                  unit: 'gallon',
                  price: 55_00,
                  cost: 36_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 104,
              payment: 'part',
              lines: [
                { description: 'Walls, two coats', quantity: 4300, unit: 'sq ft', price: 1_20 },
                { description: 'Door and frame, one side', quantity: 24, unit: 'door', price: 85_00 },
                { description: 'Interior paint', quantity: 30, unit: 'gallon', price: 55_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Satin enamel, five gallons',
              amount: 214_75,
              category: 'materials',
              vendor: 'Cascade Paint & Supply',
              daysAgo: 109,
            },
          ],
        },
      ],
    },
    {
      name: 'Alicia Brandt',
      phone: '(503) 555-0126',
      email: 'alicia.brandt@example.com',
      address: '3307 NE Thistle Ln, Portland, OR 97213',
      stage: 'estimate_sent',
      daysAgo: 16,
      jobs: [
        {
          name: 'Kitchen cabinets, sprayed',
          description: '38 faces off-site in the booth, boxes on site, satin white.',
          status: 'open',
          daysAgo: 13,
          appointments: [
            {
              title: 'Count doors and drawers',
              daysFromNow: -13,
              startsAt: '12:00',
              minutes: 45,
              people: ['Bri Fuentes'],
            },
          ],
          walkAndTalks: [
            {
              title: 'Cabinet walk with Alicia',
              daysAgo: 13,
              consent: 'Alicia agreed at the kitchen table',
              transcript: [
                "Bri: I'll record while we count, okay?",
                'Alicia: Okay.',
                'Bri: Twenty-three doors and fifteen drawer fronts, so thirty-eight faces.',
                'Alicia: The ones by the stove are sticky, I never got that off.',
                "Bri: That's grease, we degrease and sand all of them anyway. Is it oak under there?",
                'Alicia: I think so, it was clear before.',
                'Bri: Then the grain will show a bit, unless we fill it. Filling is about a third more work.',
                'Alicia: I like a little grain.',
                'Bri: Good, no filler then. Satin white, doors go to the booth, boxes we brush here.',
                'Alicia: How long am I without doors?',
                'Bri: Eight working days. The hinges are fine, we reuse them. One drawer front is split, that one needs gluing.',
              ],
              summary:
                '38 oak faces sprayed satin white in the booth, boxes brushed on site, no grain filler, hinges reused.',
              findings: [
                '23 doors and 15 drawer fronts',
                'Oak, grain may show, customer likes it',
                'One drawer front is split',
              ],
              followUps: ['Reserve the booth for eight working days', 'Sample board in satin white'],
            },
          ],
          notes: [
            { text: 'Oak with open grain. Asked if she wants it filled, she wants to see both prices.', daysAgo: 12 },
          ],
          quotes: [
            {
              status: 'declined',
              title: 'Cabinets, grain filled',
              daysAgo: 11,
              lines: [
                {
                  description: 'Kitchen cabinet face, filled and sprayed',
                  quantity: 38,
                  unit: 'face',
                  price: 148_00,
                  cost: 84_00,
                  category: 'labor',
                },
                {
                  description: 'Primer, filler and enamel',
                  quantity: 1,
                  unit: 'set',
                  price: 640_00,
                  cost: 415_00,
                  category: 'materials',
                },
              ],
            },
            {
              status: 'sent',
              title: 'Cabinets, grain showing',
              daysAgo: 4,
              lines: [
                {
                  description: 'Kitchen cabinet face, sprayed',
                  quantity: 38,
                  unit: 'face',
                  price: 105_00,
                  cost: 58_00,
                  category: 'labor',
                },
                {
                  description: 'Cabinet boxes, brushed and rolled',
                  quantity: 1,
                  unit: 'job',
                  price: 720_00,
                  cost: 390_00,
                  category: 'labor',
                },
                {
                  description: 'Primer and enamel',
                  quantity: 1,
                  unit: 'set',
                  price: 460_00,
                  cost: 295_00,
                  category: 'materials',
                },
              ],
            },
          ],
        },
      ],
    },
  ],
} satisfies SampleBook;
