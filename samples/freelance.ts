import type { SampleBook } from './book.ts';

export const book = {
  customers: [
    {
      name: 'Prairie Loaf Bakery',
      phone: '(312) 555-0145',
      email: 'prairieloaf@example.com',
      address: '1830 W Larch St, Chicago, IL 60622',
      stage: 'delivered',
      notes: 'Owner is up at 3 am. Best reached before noon.',
      daysAgo: 175,
      jobs: [
        {
          name: 'Website redesign',
          description: 'Seven pages, online cake orders, photos by others.',
          status: 'completed',
          daysAgo: 165,
          people: [
            { name: 'Maya Ellison', role: 'lead' },
            { name: 'Theo Grant', role: 'sub' },
          ],
          notes: [
            { text: 'Kickoff done. They send copy by Friday, or I write it at the word rate.', daysAgo: 155 },
            { text: 'Live. Orders went up the first weekend, she sent bread.', daysAgo: 104 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Website, seven pages',
              daysAgo: 160,
              lines: [
                { description: 'Design', quantity: 38, unit: 'hour', price: 110_00, cost: 62_00, category: 'labor' },
                {
                  description: 'Page template',
                  quantity: 7,
                  unit: 'page',
                  price: 480_00,
                  cost: 290_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Order form and payments',
                  quantity: 1,
                  unit: 'feature',
                  price: 1600_00,
                  cost: 950_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Fonts and stock images',
                  quantity: 1,
                  unit: 'license',
                  price: 220_00,
                  cost: 164_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 158,
              payment: 'part',
              lines: [{ description: 'Deposit, 40 %', quantity: 1, unit: 'project', price: 3744_00 }],
            },
            {
              kind: 'progress',
              daysAgo: 102,
              lines: [{ description: 'Balance at launch', quantity: 1, unit: 'project', price: 5616_00 }],
            },
          ],
          expenses: [
            {
              description: 'Development of the templates',
              amount: 1960_00,
              category: 'subcontractor',
              vendor: 'Theo Grant',
              daysAgo: 118,
              allocatedTo: { quote: 0, line: 2 },
            },
            {
              description: 'First year of hosting',
              amount: 216_00,
              category: 'other',
              vendor: 'Hosting provider',
              daysAgo: 108,
            },
          ],
          doneLines: [{ quote: 0, line: 2 }],
        },
      ],
    },
    {
      name: 'Meridian Cycle Works',
      phone: '(773) 555-0124',
      email: 'meridiancycle@example.com',
      address: '4410 N Ridgeline Ave, Chicago, IL 60640',
      stage: 'in_progress',
      daysAgo: 66,
      jobs: [
        {
          name: 'Brand identity and packaging',
          description: 'Logo, type, frame decals, box design for three sizes.',
          status: 'in_progress',
          daysAgo: 60,
          appointments: [
            {
              title: 'Box proofs with the printer',
              daysFromNow: 3,
              startsAt: '11:00',
              minutes: 60,
              people: ['Maya Ellison'],
              place: 'Printer, 2nd floor',
            },
          ],
          people: [
            { name: 'Maya Ellison', role: 'lead' },
            { name: 'Dana Roth', role: 'sub' },
          ],
          notes: [
            {
              text: 'Round two: they like B, want the wheel simpler. Illustrator went over her estimate.',
              daysAgo: 13,
            },
            { text: 'Added a fourth box size, change order signed.', daysAgo: 9 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Identity and packaging',
              daysAgo: 55,
              lines: [
                {
                  description: 'Identity design',
                  quantity: 54,
                  unit: 'hour',
                  price: 115_00,
                  cost: 62_00,
                  category: 'labor',
                },
                {
                  description: 'Decal illustration',
                  quantity: 6,
                  unit: 'piece',
                  price: 320_00,
                  cost: 210_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Box design',
                  quantity: 3,
                  unit: 'size',
                  price: 680_00,
                  cost: 360_00,
                  category: 'labor',
                },
                {
                  description: 'Printed proofs',
                  quantity: 3,
                  unit: 'set',
                  price: 95_00,
                  cost: 58_00,
                  category: 'materials',
                },
              ],
            },
            {
              kind: 'change_order',
              status: 'accepted',
              title: 'Fourth box size',
              daysAgo: 9,
              lines: [
                {
                  description: 'Box design',
                  quantity: 1,
                  unit: 'size',
                  price: 680_00,
                  cost: 360_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 53,
              lines: [{ description: 'Deposit, 40 %', quantity: 1, unit: 'project', price: 4182_00 }],
            },
            {
              kind: 'progress',
              draft: true,
              daysAgo: 1,
              lines: [{ description: 'Identity approved', quantity: 1, unit: 'stage', price: 3000_00 }],
            },
          ],
          expenses: [
            {
              description: 'Decal illustration, six pieces',
              amount: 1485_00,
              category: 'subcontractor',
              vendor: 'Dana Roth',
              daysAgo: 14,
              allocatedTo: { quote: 0, line: 2 },
            },
            {
              description: 'Trademark search',
              amount: 150_00,
              category: 'other',
              vendor: 'Loop Legal Search',
              daysAgo: 41,
            },
          ],
        },
      ],
    },
    {
      name: 'Fulton Market Restaurant Supply',
      phone: '(312) 555-0189',
      email: 'fultonsupply@example.com',
      address: '730 W Granary Pl, Chicago, IL 60661',
      stage: 'delivered',
      daysAgo: 140,
      jobs: [
        {
          name: 'Product catalog, 64 pages',
          description: 'Layout from their spreadsheet, print-ready PDF.',
          status: 'completed',
          daysAgo: 132,
          people: [{ name: 'Maya Ellison', role: 'lead' }],
          notes: [{ text: 'Spreadsheet changed five times. Fixed price, no change clause. Never again.', daysAgo: 88 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Catalog, fixed price',
              daysAgo: 128,
              lines: [
                { description: 'Layout', quantity: 64, unit: 'page', price: 62_00, cost: 34_00, category: 'labor' },
                {
                  description: 'Image clipping',
                  quantity: 310,
                  unit: 'image',
                  price: 2_20,
                  cost: 1_10,
                  category: 'subcontractor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 80,
              lines: [
                { description: 'Layout', quantity: 64, unit: 'page', price: 62_00 },
                { description: 'Image clipping', quantity: 310, unit: 'image', price: 2_20 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Layout hours, five rounds',
              amount: 4340_00,
              category: 'labor',
              daysAgo: 83,
              allocatedTo: { quote: 0, line: 1 },
            },
            {
              description: 'Image clipping, 342 images',
              amount: 376_20,
              category: 'subcontractor',
              vendor: 'Clip House',
              daysAgo: 101,
              allocatedTo: { quote: 0, line: 2 },
            },
            {
              description: 'Proof prints and courier',
              amount: 128_60,
              category: 'other',
              vendor: 'Wabash Print',
              daysAgo: 86,
            },
          ],
          doneLines: [
            { quote: 0, line: 1 },
            { quote: 0, line: 2 },
          ],
        },
      ],
    },
    {
      name: 'Jonah Feld',
      phone: '(847) 555-0151',
      email: 'jonah.feld@example.com',
      address: '62 Birchwood Commons, Evanston, IL 60201',
      stage: 'proposal_sent',
      notes: 'Found us through Prairie Loaf.',
      daysAgo: 18,
      jobs: [
        {
          name: 'Booking site for guitar lessons',
          description: 'One page with calendar, payments and a student area.',
          status: 'open',
          daysAgo: 15,
          appointments: [
            {
              title: 'Kickoff call',
              daysFromNow: -15,
              startsAt: '10:00',
              minutes: 60,
              people: ['Maya Ellison'],
              place: 'Video call',
            },
          ],
          walkAndTalks: [
            {
              title: 'Kickoff call with Jonah',
              daysAgo: 15,
              consent: 'Jonah agreed at the start of the call',
              transcript: [
                "Maya: Jonah, I'd like to record this for my notes, is that okay?",
                'Jonah: Yeah, sure.',
                'Maya: Great. So today people text you and you write it in a paper calendar.',
                'Jonah: Right, and I double-book about once a month.',
                'Maya: How many students?',
                'Jonah: Thirty-one, most of them weekly. Half hours and hours.',
                'Maya: Do they pay up front?',
                "Jonah: They should. I'd like them to buy four lessons at a time.",
                "Maya: So a calendar, packs of four, and a page where they see what's left. Reminders the day before?",
                'Jonah: By text, nobody reads mail.',
                "Maya: Text costs a few cents each, I'll show it separately. Do you have photos?",
                "Jonah: A friend took some, they're on a drive.",
                "Maya: Good. I'd keep it to one page plus the student area.",
              ],
              summary:
                'One-page site with booking calendar, packs of four lessons, student area and text reminders for 31 students.',
              findings: ['31 students, half hours and hours', 'Double bookings about once a month', 'Photos exist'],
              followUps: ['Text message costs as their own line', 'Jonah shares the photo folder'],
            },
          ],
          notes: [{ text: 'First price was too much. Sent a smaller version without the student area.', daysAgo: 5 }],
          quotes: [
            {
              status: 'declined',
              title: 'Booking site with student area',
              daysAgo: 12,
              lines: [
                { description: 'Design', quantity: 24, unit: 'hour', price: 110_00, cost: 62_00, category: 'labor' },
                {
                  description: 'Development',
                  quantity: 46,
                  unit: 'hour',
                  price: 120_00,
                  cost: 75_00,
                  category: 'subcontractor',
                },
              ],
            },
            {
              status: 'sent',
              title: 'Booking site, one page',
              daysAgo: 5,
              lines: [
                { description: 'Design', quantity: 12, unit: 'hour', price: 110_00, cost: 62_00, category: 'labor' },
                {
                  description: 'Development',
                  quantity: 18,
                  unit: 'hour',
                  price: 120_00,
                  cost: 75_00,
                  category: 'subcontractor',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'North Pier Sailing School',
      phone: '(773) 555-0113',
      email: 'northpiersailing@example.com',
      address: '5 Harbor Walk, Chicago, IL 60611',
      stage: 'delivered',
      daysAgo: 120,
      jobs: [
        {
          name: 'Course brochure',
          description: '16 pages, copy and layout, 2,000 printed.',
          status: 'completed',
          daysAgo: 90,
          people: [
            { name: 'Maya Ellison', role: 'lead' },
            { name: 'Carl Jensen', role: 'sub' },
          ],
          notes: [
            { text: 'Printer billed a reprint of the cover separately. Ask if that was in the quote.', daysAgo: 63 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Brochure, copy to print',
              daysAgo: 86,
              lines: [
                {
                  description: 'Copywriting',
                  quantity: 3200,
                  unit: 'word',
                  price: 45,
                  cost: 28,
                  category: 'subcontractor',
                },
                { description: 'Layout', quantity: 16, unit: 'page', price: 120_00, cost: 62_00, category: 'labor' },
                {
                  description: 'Printing, 2,000 copies',
                  quantity: 2000,
                  unit: 'copy',
                  price: 1_15,
                  cost: 82,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 60,
              lines: [
                { description: 'Copywriting', quantity: 3200, unit: 'word', price: 45 },
                { description: 'Layout', quantity: 16, unit: 'page', price: 120_00 },
                { description: 'Printing, 2,000 copies', quantity: 2000, unit: 'copy', price: 1_15 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Cover reprint',
              amount: 240_00,
              category: 'materials',
              vendor: 'Wabash Print',
              daysAgo: 64,
            },
            {
              description: 'Copy, 3,350 words',
              amount: 938_00,
              category: 'subcontractor',
              vendor: 'Carl Jensen',
              daysAgo: 75,
              allocatedTo: { quote: 0, line: 1 },
            },
          ],
          doneLines: [{ quote: 0, line: 1 }],
        },
        {
          name: 'Member newsletter',
          description: 'Monthly retainer, planned for six months.',
          status: 'cancelled',
          daysAgo: 55,
          notes: [{ text: 'They hired someone in-house. Parted friends after the setup.', daysAgo: 38 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Newsletter, six months',
              daysAgo: 52,
              lines: [
                {
                  description: 'Monthly retainer',
                  quantity: 6,
                  unit: 'month',
                  price: 450_00,
                  cost: 240_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 50,
              payment: 'none',
              lines: [{ description: 'Setup and first month', quantity: 1, unit: 'month', price: 450_00 }],
            },
          ],
          expenses: [
            {
              description: 'E-mail tool, one month',
              amount: 29_00,
              category: 'other',
              vendor: 'Mail service',
              daysAgo: 49,
            },
          ],
        },
      ],
    },
  ],
} satisfies SampleBook;
