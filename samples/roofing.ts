import type { SampleBook } from './book.ts';

export const book = {
  customers: [
    {
      name: 'Dana Henderson',
      phone: '(512) 555-0143',
      email: 'dana.henderson@example.com',
      address: '418 Pecan Hollow Ln, Austin, TX 78745',
      stage: 'completed',
      notes: 'Started with the hail repair, then went for the full roof. Call before 5 pm, night shift.',
      daysAgo: 214,
      jobs: [
        {
          name: 'Storm repair',
          description: 'Emergency tarp after the hail, then spot repair of the west slope.',
          status: 'completed',
          daysAgo: 212,
          people: [{ name: 'Ruben Salas', role: 'crew' }],
          notes: [{ text: 'Tarped at 2 am. Two trips, the first tarp tore off in the wind.', daysAgo: 211 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Emergency tarp and west slope repair',
              daysAgo: 210,
              lines: [
                {
                  description: 'Emergency tarp',
                  quantity: 1,
                  unit: 'each',
                  price: 480_00,
                  cost: 210_00,
                  category: 'materials',
                },
                {
                  description: 'Shingle repair, west slope',
                  quantity: 3,
                  unit: 'square',
                  price: 390_00,
                  cost: 245_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 203,
              payment: 'part',
              lines: [
                { description: 'Emergency tarp and west slope repair', quantity: 1, unit: 'job', price: 1650_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Night call-out crew, both trips',
              amount: 1085_00,
              category: 'labor',
              vendor: 'Salas Crew',
              daysAgo: 206,
              allocatedTo: { quote: 0, line: 2 },
            },
            {
              description: 'Second tarp and sandbags',
              amount: 268_75,
              category: 'materials',
              vendor: 'Barton Creek Hardware',
              daysAgo: 211,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'Ladder lift rental',
              amount: 365_00,
              category: 'equipment',
              vendor: 'Capitol Tool Rental',
              daysAgo: 208,
            },
          ],
          doneLines: [
            { quote: 0, line: 1 },
            { quote: 0, line: 2 },
          ],
        },
        {
          name: 'Roof replacement',
          description: 'Full tear-off and new architectural shingles, 32 squares, two-story house.',
          status: 'completed',
          daysAgo: 96,
          people: [
            { name: 'Tom Becker', role: 'lead' },
            { name: 'Ruben Salas', role: 'crew' },
            { name: 'Luis Ortega', role: 'crew' },
          ],
          notes: [
            { text: 'Adjuster met us on site and approved the full slope. Color: Weathered Wood.', daysAgo: 92 },
            { text: 'Done in two days, magnet swept twice. Dana is happy.', daysAgo: 61 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Roof replacement, 32 squares',
              daysAgo: 90,
              lines: [
                {
                  description: 'Architectural shingles, installed',
                  quantity: 32,
                  unit: 'square',
                  price: 450_00,
                  cost: 235_00,
                  category: 'materials',
                },
                {
                  description: 'Synthetic underlayment',
                  quantity: 32,
                  unit: 'square',
                  price: 42_00,
                  cost: 22_00,
                  category: 'materials',
                },
                {
                  description: 'Ice and water shield',
                  quantity: 6,
                  unit: 'roll',
                  price: 165_00,
                  cost: 92_00,
                  category: 'materials',
                },
                {
                  description: 'Drip edge',
                  quantity: 240,
                  unit: 'linear ft',
                  price: 3_90,
                  cost: 1_95,
                  category: 'materials',
                },
                {
                  description: 'Ridge vent',
                  quantity: 50,
                  unit: 'linear ft',
                  price: 11_00,
                  cost: 6_20,
                  category: 'materials',
                },
                {
                  description: 'Pipe boot flashing',
                  quantity: 4,
                  unit: 'each',
                  price: 45_00,
                  cost: 24_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 60,
              lines: [
                { description: 'Architectural shingles, installed', quantity: 32, unit: 'square', price: 450_00 },
                { description: 'Synthetic underlayment', quantity: 32, unit: 'square', price: 42_00 },
                { description: 'Ice and water shield', quantity: 6, unit: 'roll', price: 165_00 },
                { description: 'Drip edge', quantity: 240, unit: 'linear ft', price: 3_90 },
                { description: 'Ridge vent', quantity: 50, unit: 'linear ft', price: 11_00 },
                { description: 'Pipe boot flashing', quantity: 4, unit: 'each', price: 45_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'City re-roof permit',
              amount: 612_40,
              category: 'permit',
              vendor: 'City permit office',
              daysAgo: 72,
            },
            {
              description: 'Dump trailer, two days',
              amount: 350_00,
              category: 'equipment',
              vendor: 'Capitol Tool Rental',
              daysAgo: 63,
            },
          ],
        },
      ],
    },
    {
      name: 'Marcus Oyelaran',
      phone: '(512) 555-0118',
      email: 'm.oyelaran@example.com',
      address: '2207 Quarry Bend, Round Rock, TX 78664',
      stage: 'scheduled',
      daysAgo: 48,
      jobs: [
        {
          name: 'Ranch house re-roof',
          description: 'One layer off, 24 squares of architectural shingles, new vents.',
          status: 'in_progress',
          daysAgo: 45,
          appointments: [
            {
              title: 'Shingle delivery, meet the driver',
              daysFromNow: 1,
              startsAt: '07:30',
              minutes: 45,
              people: ['Tom Becker'],
              place: 'Driveway side',
            },
            {
              title: 'Mid-job deck check with the owner',
              daysFromNow: 3,
              startsAt: '16:30',
              minutes: 30,
              people: ['Tom Becker', 'Luis Ortega'],
            },
          ],
          people: [
            { name: 'Tom Becker', role: 'lead' },
            { name: 'Luis Ortega', role: 'crew' },
          ],
          notes: [
            { text: 'Decking is soft along the north eave. Showed Marcus, he signed for eight sheets.', daysAgo: 6 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Ranch house re-roof, 24 squares',
              daysAgo: 40,
              lines: [
                {
                  description: 'Architectural shingles, installed',
                  quantity: 24,
                  unit: 'square',
                  price: 450_00,
                  cost: 280_00,
                  category: 'materials',
                },
                {
                  description: 'Tear-off and disposal, one layer',
                  quantity: 24,
                  unit: 'square',
                  price: 85_00,
                  cost: 55_00,
                  category: 'labor',
                },
              ],
            },
            {
              kind: 'change_order',
              status: 'accepted',
              title: 'Decking, north eave',
              daysAgo: 6,
              lines: [
                {
                  description: 'Roof decking, 7/16 OSB',
                  quantity: 8,
                  unit: 'sheet',
                  price: 95_00,
                  cost: 48_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 38,
              payment: 'none',
              lines: [{ description: 'Deposit, 30 % of the re-roof', quantity: 1, unit: 'job', price: 3852_00 }],
            },
          ],
          expenses: [
            {
              description: 'Shingles and starter, delivered',
              amount: 6948_30,
              category: 'materials',
              vendor: 'Hill Country Roofing Supply',
              daysAgo: 9,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'City re-roof permit',
              amount: 285_00,
              category: 'permit',
              vendor: 'City permit office',
              daysAgo: 14,
            },
          ],
        },
      ],
    },
    {
      name: 'Priya Raman',
      phone: '(737) 555-0176',
      email: 'priya.raman@example.com',
      address: '930 Wren Meadow Dr, Cedar Park, TX 78613',
      stage: 'estimate_sent',
      notes: 'Referred by Dana Henderson.',
      daysAgo: 15,
      jobs: [
        {
          name: 'Gutters and downspouts',
          description: 'Seamless 6 in. aluminum gutters all around, leaf guard at the back.',
          status: 'open',
          daysAgo: 12,
          appointments: [
            { title: 'Measure gutters', daysFromNow: -12, startsAt: '10:00', minutes: 60, people: ['Tom Becker'] },
          ],
          walkAndTalks: [
            {
              title: 'Gutter walk with Priya',
              daysAgo: 12,
              consent: 'Priya said yes to recording at the front door',
              transcript: [
                "Tom: All right, Priya, I'm recording this so I don't forget anything. Still fine with you?",
                'Priya: Yes, go ahead.',
                'Tom: So the front run is about 48 feet, and it holds water in the middle.',
                'Priya: It pours over the porch steps every time it rains.',
                "Tom: I can see why, there's one downspout for the whole front. I'd put a second one at the north corner.",
                'Priya: Can they be the same white as the trim?',
                'Tom: Sure. Six-inch seamless, white. The fascia behind the old hangers is soft for about ten feet.',
                'Priya: Is that extra?',
                "Tom: It is, I'll put it as its own line. In back it's 52 feet and two downspouts, those can stay where they are.",
                'Priya: And leaf guards? The pecan drops everything in there.',
                "Tom: On the back only, that's where the tree is. I'll price it both ways.",
              ],
              summary:
                'New six-inch seamless gutters front and back, one more downspout in front, ten feet of soft fascia, leaf guards in back priced apart.',
              findings: [
                'Front run 48 ft, one downspout, holds water in the middle',
                'About 10 ft of soft fascia behind the old hangers',
                'Back run 52 ft, pecan tree above it',
              ],
              followUps: ['Price leaf guards as an option', 'White color sample to match the trim'],
            },
          ],
          notes: [{ text: 'Wants white to match the fascia. Back gutter overflows at the valley.', daysAgo: 12 }],
          quotes: [
            {
              status: 'sent',
              title: 'Seamless gutters, 186 ft',
              daysAgo: 8,
              lines: [
                {
                  description: 'Seamless gutter, 6 in.',
                  quantity: 186,
                  unit: 'linear ft',
                  price: 14_50,
                  cost: 7_80,
                  category: 'subcontractor',
                },
                {
                  description: 'Downspout, 3 x 4 in.',
                  quantity: 7,
                  unit: 'each',
                  price: 120_00,
                  cost: 62_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Leaf guard',
                  quantity: 54,
                  unit: 'linear ft',
                  price: 9_25,
                  cost: 4_60,
                  category: 'materials',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'Oak Terrace HOA',
      phone: '(512) 555-0160',
      email: 'oakterrace@example.com',
      address: '1 Terrace Commons, Austin, TX 78759',
      stage: 'completed',
      notes: 'Board pays by check on the 15th. Invoices go to the treasurer.',
      daysAgo: 150,
      jobs: [
        {
          name: 'Clubhouse flat roof',
          description: 'White TPO over new insulation on the low-slope section, 18 squares.',
          status: 'completed',
          daysAgo: 140,
          people: [
            { name: 'Tom Becker', role: 'lead' },
            { name: 'Delgado Sheet Metal', role: 'sub' },
          ],
          notes: [{ text: 'Ran short on membrane at the parapet, bought two more rolls.', daysAgo: 108 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Clubhouse TPO, 18 squares',
              daysAgo: 133,
              lines: [
                {
                  description: 'TPO membrane, 60 mil, welded',
                  quantity: 18,
                  unit: 'square',
                  price: 690_00,
                  cost: 405_00,
                  category: 'materials',
                },
                {
                  description: 'Polyiso insulation, 2 in.',
                  quantity: 18,
                  unit: 'square',
                  price: 180_00,
                  cost: 112_00,
                  category: 'materials',
                },
                {
                  description: 'Edge metal and coping',
                  quantity: 168,
                  unit: 'linear ft',
                  price: 18_00,
                  cost: 12_50,
                  category: 'subcontractor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 130,
              lines: [{ description: 'Deposit, clubhouse flat roof', quantity: 1, unit: 'job', price: 6200_00 }],
            },
            {
              kind: 'progress',
              daysAgo: 102,
              lines: [
                {
                  description: 'Balance on completion, clubhouse flat roof',
                  quantity: 1,
                  unit: 'job',
                  price: 12484_00,
                },
              ],
            },
          ],
          expenses: [
            {
              description: 'TPO membrane, two extra rolls',
              amount: 1260_00,
              category: 'materials',
              vendor: 'Hill Country Roofing Supply',
              daysAgo: 108,
            },
            {
              description: 'Edge metal and coping',
              amount: 2245_00,
              category: 'subcontractor',
              vendor: 'Delgado Sheet Metal',
              daysAgo: 104,
              allocatedTo: { quote: 0, line: 3 },
            },
          ],
          doneLines: [{ quote: 0, line: 3 }],
        },
      ],
    },
    {
      name: 'Walt Brannigan',
      phone: '(512) 555-0131',
      address: '77 Limestone Ct, Dripping Springs, TX 78620',
      stage: 'lost',
      daysAgo: 75,
      jobs: [
        {
          name: 'Standing seam porch cover',
          description: 'Metal roof over the new back porch.',
          status: 'cancelled',
          daysAgo: 73,
          people: [{ name: 'Tom Becker', role: 'lead' }],
          notes: [
            {
              text: 'Walt sold the house. No hard feelings, his deposit covers the fee on the panel order.',
              daysAgo: 50,
            },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Standing seam, 6 squares',
              daysAgo: 70,
              lines: [
                {
                  description: 'Standing seam panels, 24 ga',
                  quantity: 6,
                  unit: 'square',
                  price: 1150_00,
                  cost: 640_00,
                  category: 'materials',
                },
                {
                  description: 'Installation',
                  quantity: 6,
                  unit: 'square',
                  price: 320_00,
                  cost: 190_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 68,
              lines: [{ description: 'Deposit, porch cover', quantity: 1, unit: 'job', price: 900_00 }],
            },
          ],
          expenses: [
            {
              description: 'Cancellation fee on the panel order',
              amount: 340_00,
              category: 'materials',
              vendor: 'Hill Country Roofing Supply',
              daysAgo: 49,
            },
          ],
        },
      ],
    },
  ],
} satisfies SampleBook;
