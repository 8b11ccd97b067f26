import type { SampleBook } from './book.ts';

export const book = {
  customers: [
    {
      name: 'Claire Donovan and Ben Ashby',
      phone: '(615) 555-0117',
      email: 'claire.and.ben@example.com',
      address: '1208 Sweetgum Ave, Nashville, TN 37206',
      stage: 'delivered',
      notes: 'Want the album by their first anniversary.',
      daysAgo: 280,
      jobs: [
        {
          name: 'Donovan–Ashby wedding',
          description: 'Nine hours, ceremony and reception at the farm, two photographers, album.',
          address: 'Willow Bend Farm, 600 Creamery Rd, Franklin, TN 37064',
          status: 'completed',
          daysAgo: 270,
          people: [
            { name: 'Nora Vance', role: 'lead' },
            { name: 'Eddie Koh', role: 'sub' },
          ],
          notes: [
            { text: 'Rain at 4, moved portraits into the barn. Best light of the day.', daysAgo: 96 },
            { text: 'Gallery delivered, 640 images. Album layout approved on the first round.', daysAgo: 62 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Wedding, nine hours with album',
              daysAgo: 262,
              lines: [
                {
                  description: 'Wedding coverage',
                  quantity: 9,
                  unit: 'hour',
                  price: 420_00,
                  cost: 200_00,
                  category: 'labor',
                },
                {
                  description: 'Second photographer',
                  quantity: 9,
                  unit: 'hour',
                  price: 110_00,
                  cost: 75_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Album, 10 x 10 in., 30 pages',
                  quantity: 1,
                  unit: 'album',
                  price: 890_00,
                  cost: 385_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 260,
              payment: 'part',
              lines: [{ description: 'Deposit to hold the date', quantity: 1, unit: 'job', price: 1500_00 }],
            },
            {
              kind: 'progress',
              daysAgo: 110,
              lines: [{ description: 'Balance, two weeks before the day', quantity: 1, unit: 'job', price: 4160_00 }],
            },
          ],
          expenses: [
            {
              description: 'Lens rental, 70–200',
              amount: 148_00,
              category: 'equipment',
              vendor: 'Music Row Camera Rental',
              daysAgo: 98,
            },
            { description: 'Mileage and parking', amount: 86_40, category: 'other', daysAgo: 95 },
            {
              description: 'Album printing',
              amount: 412_50,
              category: 'materials',
              vendor: 'Bluegrass Bindery',
              daysAgo: 58,
              allocatedTo: { quote: 0, line: 3 },
            },
          ],
          doneLines: [{ quote: 0, line: 3 }],
        },
      ],
    },
    {
      name: 'Sofia Reyes-Larkin',
      phone: '(629) 555-0163',
      email: 'sofia.larkin@example.com',
      address: '44 Hickory Landing, Nashville, TN 37211',
      stage: 'shot',
      daysAgo: 150,
      jobs: [
        {
          name: 'Reyes-Larkin wedding',
          description: 'Eight hours downtown, second photographer, rehearsal dinner added.',
          status: 'in_progress',
          daysAgo: 145,
          appointments: [
            {
              title: 'Pick album photos with Sofia',
              daysFromNow: 4,
              startsAt: '18:00',
              minutes: 60,
              people: ['Nora Vance'],
              place: 'Studio',
            },
          ],
          people: [
            { name: 'Nora Vance', role: 'lead' },
            { name: 'June Adler', role: 'sub' },
          ],
          notes: [
            { text: 'June stayed two hours over. Culling done, 1,900 down to 720. Sneak peek sent.', daysAgo: 6 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Wedding, eight hours',
              daysAgo: 138,
              lines: [
                {
                  description: 'Wedding coverage',
                  quantity: 8,
                  unit: 'hour',
                  price: 420_00,
                  cost: 200_00,
                  category: 'labor',
                },
                {
                  description: 'Second photographer',
                  quantity: 8,
                  unit: 'hour',
                  price: 110_00,
                  cost: 75_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Album, 10 x 10 in., 30 pages',
                  quantity: 1,
                  unit: 'album',
                  price: 890_00,
                  cost: 385_00,
                  category: 'materials',
                },
              ],
            },
            {
              kind: 'change_order',
              status: 'accepted',
              title: 'Rehearsal dinner',
              daysAgo: 40,
              lines: [
                {
                  description: 'Rehearsal dinner coverage',
                  quantity: 2,
                  unit: 'hour',
                  price: 350_00,
                  cost: 180_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 136,
              lines: [{ description: 'Deposit to hold the date', quantity: 1, unit: 'job', price: 1500_00 }],
            },
            {
              kind: 'progress',
              draft: true,
              daysAgo: 3,
              lines: [{ description: 'Balance, with rehearsal dinner', quantity: 1, unit: 'job', price: 4330_00 }],
            },
          ],
          expenses: [
            {
              description: 'Second photographer, ten hours',
              amount: 750_00,
              category: 'subcontractor',
              vendor: 'June Adler',
              daysAgo: 10,
              allocatedTo: { quote: 0, line: 2 },
            },
            { description: 'Parking and valet tips', amount: 64_00, category: 'other', daysAgo: 11 },
          ],
          doneLines: [{ quote: 0, line: 2 }],
        },
      ],
    },
    {
      name: 'Lantern Hill Distilling',
      phone: '(615) 555-0185',
      email: 'lanternhill@example.com',
      address: '900 Foundry Row, Nashville, TN 37203',
      stage: 'delivered',
      notes: 'Invoice to accounting, not to the brand manager.',
      daysAgo: 160,
      jobs: [
        {
          name: 'Bottle and cocktail shoot',
          description: 'Two days in the studio, 18 final images, web and print use for two years.',
          status: 'completed',
          daysAgo: 100,
          people: [
            { name: 'Nora Vance', role: 'lead' },
            { name: 'Petra Lind', role: 'sub' },
          ],
          notes: [
            {
              text: 'Glassware broke in transit, bought another set. Might be in the props budget already.',
              daysAgo: 84,
            },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Product shoot, 18 images',
              daysAgo: 96,
              lines: [
                { description: 'Shoot day', quantity: 2, unit: 'day', price: 1800_00, cost: 900_00, category: 'labor' },
                {
                  description: 'Prop and drink stylist',
                  quantity: 2,
                  unit: 'day',
                  price: 750_00,
                  cost: 600_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Props and glassware',
                  quantity: 1,
                  unit: 'set',
                  price: 620_00,
                  cost: 430_00,
                  category: 'materials',
                },
                {
                  description: 'Studio rental',
                  quantity: 16,
                  unit: 'hour',
                  price: 85_00,
                  cost: 60_00,
                  category: 'equipment',
                },
                { description: 'Usage license, web and print', quantity: 2, unit: 'year', price: 600_00 },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 74,
              payment: 'none',
              lines: [
                { description: 'Shoot day', quantity: 2, unit: 'day', price: 1800_00 },
                { description: 'Prop and drink stylist', quantity: 2, unit: 'day', price: 750_00 },
                { description: 'Props and glassware', quantity: 1, unit: 'set', price: 620_00 },
                { description: 'Studio rental', quantity: 16, unit: 'hour', price: 85_00 },
                { description: 'Usage license, web and print', quantity: 2, unit: 'year', price: 600_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Second set of coupes and ice molds',
              amount: 187_35,
              category: 'materials',
              vendor: 'East End Restaurant Supply',
              daysAgo: 84,
            },
          ],
        },
        {
          name: 'Staff portraits',
          description: '26 people on a gray backdrop in their tasting room.',
          status: 'completed',
          daysAgo: 48,
          people: [{ name: 'Nora Vance', role: 'lead' }],
          notes: [{ text: 'Nine people missed the day, had to come back and set up again for free.', daysAgo: 35 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Portraits, 26 people',
              daysAgo: 46,
              lines: [
                {
                  description: 'Portrait day',
                  quantity: 1,
                  unit: 'day',
                  price: 850_00,
                  cost: 400_00,
                  category: 'labor',
                },
                {
                  description: 'Retouched image',
                  quantity: 26,
                  unit: 'image',
                  price: 18_00,
                  cost: 11_00,
                  category: 'subcontractor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 33,
              lines: [
                { description: 'Portrait day', quantity: 1, unit: 'day', price: 850_00 },
                { description: 'Retouched image', quantity: 26, unit: 'image', price: 18_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Assistant and shoot hours, both days',
              amount: 830_00,
              category: 'labor',
              daysAgo: 36,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'Retouching, 26 images',
              amount: 338_00,
              category: 'subcontractor',
              vendor: 'Pixel Loft Retouching',
              daysAgo: 34,
              allocatedTo: { quote: 0, line: 2 },
            },
            {
              description: 'Backdrop and strobe rental, two days',
              amount: 190_00,
              category: 'equipment',
              vendor: 'Music Row Camera Rental',
              daysAgo: 37,
            },
          ],
          doneLines: [{ quote: 0, line: 1 }],
        },
      ],
    },
    {
      name: 'Harriet Bloom',
      phone: '(615) 555-0104',
      email: 'harriet.bloom@example.com',
      address: '17 Creekstone Ct, Brentwood, TN 37027',
      stage: 'proposal_sent',
      daysAgo: 21,
      jobs: [
        {
          name: 'Family reunion portraits',
          description: 'Four generations, 22 people, two hours in the park and a print order.',
          status: 'open',
          daysAgo: 18,
          appointments: [
            {
              title: 'Look at the park',
              daysFromNow: -18,
              startsAt: '17:00',
              minutes: 45,
              people: ['Nora Vance'],
              place: 'Granny White Park',
            },
          ],
          walkAndTalks: [
            {
              title: 'Park walk with Harriet',
              daysAgo: 18,
              consent: 'Harriet agreed at the park gate',
              transcript: [
                "Nora: I'll record while we walk, so I have the list right. Good?",
                'Harriet: Good.',
                "Nora: Twenty-two people, four generations. Who can't stand long?",
                'Harriet: My mother and Uncle Ray. They need chairs.',
                'Nora: Then the big one goes here by the stone wall, chairs in front. The sun is behind the trees after five.',
                "Harriet: The little ones won't last past six.",
                'Nora: So the whole group first at five, then each family, then the kids on the bridge.',
                'Harriet: And one with just the four Harriets.',
                'Nora: I love that. Four Harriets, by the oak.',
                'Harriet: How many prints do people order?',
                "Nora: Usually one big and three small for each family. I'll put a print credit in and you can share it out.",
                'Harriet: If it rains?',
                "Nora: The pavilion is free on weekdays, I'll ask about the Saturday.",
              ],
              summary:
                'Two hours in the park from five: whole group by the stone wall, five families, children on the bridge, the four Harriets.',
              findings: ['22 people, two need chairs', 'Light is good after five', 'Pavilion is the place if it rains'],
              followUps: ['Reserve the pavilion', 'Bring six folding chairs'],
            },
          ],
          notes: [{ text: 'Grandfather tires fast, do the big group first. Shade after 5.', daysAgo: 16 }],
          quotes: [
            {
              status: 'sent',
              title: 'Reunion session with prints',
              daysAgo: 11,
              lines: [
                {
                  description: 'Portrait session',
                  quantity: 2,
                  unit: 'hour',
                  price: 325_00,
                  cost: 140_00,
                  category: 'labor',
                },
                {
                  description: 'Retouched image',
                  quantity: 20,
                  unit: 'image',
                  price: 24_00,
                  cost: 11_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Print, 11 x 14 in.',
                  quantity: 8,
                  unit: 'print',
                  price: 65_00,
                  cost: 22_50,
                  category: 'materials',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'Tyler Branson',
      phone: '(931) 555-0138',
      email: 'tyler.branson@example.com',
      address: '803 Duck River Rd, Columbia, TN 38401',
      stage: 'lost',
      daysAgo: 85,
      jobs: [
        {
          name: 'Album cover shoot',
          description: "Half a day at the rail yard for his band's record.",
          status: 'cancelled',
          daysAgo: 80,
          notes: [
            { text: 'Band split up. Deposit stays with us as agreed, location fee was already paid.', daysAgo: 61 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Half-day shoot',
              daysAgo: 77,
              lines: [
                {
                  description: 'Half-day shoot',
                  quantity: 1,
                  unit: 'session',
                  price: 950_00,
                  cost: 380_00,
                  category: 'labor',
                },
                {
                  description: 'Retouched image',
                  quantity: 6,
                  unit: 'image',
                  price: 40_00,
                  cost: 11_00,
                  category: 'subcontractor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 75,
              lines: [{ description: 'Deposit to hold the date', quantity: 1, unit: 'job', price: 400_00 }],
            },
          ],
          expenses: [
            {
              description: 'Rail yard location fee',
              amount: 150_00,
              category: 'permit',
              vendor: 'Rail yard office',
              daysAgo: 70,
            },
          ],
        },
      ],
    },
  ],
} satisfies SampleBook;
