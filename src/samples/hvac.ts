import type { SampleBook } from './book.ts';

export const book: SampleBook = {
  customers: [
    {
      name: 'Elena Marquez',
      phone: '(602) 555-0112',
      email: 'elena.marquez@example.com',
      address: '5120 E Palo Brea Dr, Phoenix, AZ 85018',
      stage: 'maintenance_plan',
      notes: 'Dog in the side yard, text before opening the gate.',
      daysAgo: 120,
      jobs: [
        {
          name: 'AC replacement, 4 ton',
          description: 'Pull the 2004 split system, set a new 4 ton condenser and coil, new line set.',
          status: 'completed',
          daysAgo: 110,
          people: [
            { name: 'Andre Kowalski', role: 'lead' },
            { name: 'Jesse Tso', role: 'crew' },
          ],
          notes: [
            { text: 'Charged by subcooling, 10 degrees. 19 degree split at the return. Good to go.', daysAgo: 98 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: '4 ton split system, 16 SEER2',
              daysAgo: 107,
              lines: [
                {
                  description: 'Condenser and coil, 16 SEER2',
                  quantity: 4,
                  unit: 'ton',
                  price: 1650_00,
                  cost: 985_00,
                  category: 'equipment',
                },
                {
                  description: 'Line set, pad and disconnect',
                  quantity: 1,
                  unit: 'set',
                  price: 780_00,
                  cost: 395_00,
                  category: 'materials',
                },
                {
                  description: 'Smart thermostat',
                  quantity: 1,
                  unit: 'each',
                  price: 320_00,
                  cost: 178_00,
                  category: 'materials',
                },
                {
                  description: 'Installation',
                  quantity: 18,
                  unit: 'hour',
                  price: 135_00,
                  cost: 58_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 97,
              payment: 'part',
              lines: [
                { description: 'Condenser and coil, 16 SEER2', quantity: 4, unit: 'ton', price: 1650_00 },
                { description: 'Line set, pad and disconnect', quantity: 1, unit: 'set', price: 780_00 },
                { description: 'Smart thermostat', quantity: 1, unit: 'each', price: 320_00 },
                { description: 'Installation', quantity: 18, unit: 'hour', price: 135_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Mechanical permit',
              amount: 168_00,
              category: 'permit',
              vendor: 'City permit office',
              daysAgo: 104,
            },
            {
              description: 'Crane truck, half day',
              amount: 425_00,
              category: 'subcontractor',
              vendor: 'Copper State Crane',
              daysAgo: 99,
            },
          ],
        },
      ],
    },
    {
      name: 'Desert Bloom Tile Showroom',
      phone: '(480) 555-0154',
      email: 'desertbloom@example.com',
      address: '890 N Ironwood Plaza, Mesa, AZ 85201',
      stage: 'won',
      notes: 'Commercial tenant. Work after 6 pm only.',
      daysAgo: 40,
      jobs: [
        {
          name: 'Rooftop unit change-out',
          description: 'Swap the 7.5 ton package unit, curb adapter, economizer.',
          status: 'in_progress',
          daysAgo: 36,
          people: [
            { name: 'Andre Kowalski', role: 'lead' },
            { name: 'Copper State Crane', role: 'sub' },
          ],
          notes: [
            { text: 'Unit came in 600 over the book price, supplier surcharge. Curb adapter due Friday.', daysAgo: 5 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: '7.5 ton package unit',
              daysAgo: 32,
              lines: [
                {
                  description: 'Package unit with economizer',
                  quantity: 7.5,
                  unit: 'ton',
                  price: 1720_00,
                  cost: 1180_00,
                  category: 'equipment',
                },
                {
                  description: 'Curb adapter',
                  quantity: 1,
                  unit: 'each',
                  price: 1150_00,
                  cost: 690_00,
                  category: 'materials',
                },
                {
                  description: 'Crane pick',
                  quantity: 1,
                  unit: 'each',
                  price: 1100_00,
                  cost: 825_00,
                  category: 'subcontractor',
                },
                {
                  description: 'Night installation',
                  quantity: 26,
                  unit: 'hour',
                  price: 165_00,
                  cost: 74_00,
                  category: 'labor',
                },
              ],
            },
            {
              kind: 'change_order',
              status: 'accepted',
              title: 'Smoke detector in the return',
              daysAgo: 11,
              lines: [
                {
                  description: 'Duct smoke detector, wired',
                  quantity: 1,
                  unit: 'each',
                  price: 640_00,
                  cost: 310_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              kind: 'deposit',
              daysAgo: 30,
              lines: [{ description: 'Deposit, rooftop unit change-out', quantity: 1, unit: 'job', price: 7800_00 }],
            },
            {
              kind: 'progress',
              draft: true,
              daysAgo: 2,
              lines: [{ description: 'Unit set and crane pick', quantity: 1, unit: 'stage', price: 6000_00 }],
            },
          ],
          expenses: [
            {
              description: 'Package unit, 7.5 ton',
              amount: 9450_00,
              category: 'equipment',
              vendor: 'Sonoran HVAC Supply',
              daysAgo: 7,
              covers: { quote: 0, line: 1 },
            },
            {
              description: 'Crane pick',
              amount: 780_00,
              category: 'subcontractor',
              vendor: 'Copper State Crane',
              daysAgo: 4,
              covers: { quote: 0, line: 3 },
            },
            {
              description: 'Mechanical permit',
              amount: 296_00,
              category: 'permit',
              vendor: 'City permit office',
              daysAgo: 20,
            },
          ],
          doneLines: [{ quote: 0, line: 3 }],
        },
      ],
    },
    {
      name: 'Pete Lindqvist',
      phone: '(623) 555-0129',
      address: '14408 W Tamarisk Way, Surprise, AZ 85374',
      stage: 'installed',
      daysAgo: 90,
      jobs: [
        {
          name: 'Furnace replacement',
          description: 'Attic furnace, 80k BTU, new flue and pan.',
          status: 'completed',
          daysAgo: 84,
          people: [{ name: 'Jesse Tso', role: 'lead' }],
          notes: [
            { text: 'Flue was undersized, had to go up a size and cut a new roof jack.', daysAgo: 71 },
            { text: 'Quoted this one too low. Attic access ate a whole day.', daysAgo: 69 },
          ],
          quotes: [
            {
              status: 'accepted',
              title: 'Gas furnace, 96 % AFUE',
              daysAgo: 80,
              lines: [
                {
                  description: 'Gas furnace, 96 % AFUE',
                  quantity: 1,
                  unit: 'each',
                  price: 2950_00,
                  cost: 1890_00,
                  category: 'equipment',
                },
                {
                  description: 'Flue, pan and fittings',
                  quantity: 1,
                  unit: 'set',
                  price: 420_00,
                  cost: 240_00,
                  category: 'materials',
                },
                {
                  description: 'Installation',
                  quantity: 10,
                  unit: 'hour',
                  price: 130_00,
                  cost: 58_00,
                  category: 'labor',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 68,
              lines: [{ description: 'Furnace replacement as quoted', quantity: 1, unit: 'job', price: 4670_00 }],
            },
          ],
          expenses: [
            {
              description: 'Flue pipe, roof jack, pan',
              amount: 611_80,
              category: 'materials',
              vendor: 'Sonoran HVAC Supply',
              daysAgo: 71,
              covers: { quote: 0, line: 2 },
            },
            {
              description: 'Crew hours, three days',
              amount: 1508_00,
              category: 'labor',
              daysAgo: 69,
              covers: { quote: 0, line: 3 },
            },
            {
              description: 'Roofer, seal the new jack',
              amount: 350_00,
              category: 'subcontractor',
              vendor: 'Mesa Top Roofing',
              daysAgo: 70,
            },
          ],
          doneLines: [
            { quote: 0, line: 2 },
            { quote: 0, line: 3 },
          ],
        },
      ],
    },
    {
      name: 'Joyce Abernathy',
      phone: '(602) 555-0187',
      email: 'jabernathy@example.com',
      address: '311 W Cholla Vista, Phoenix, AZ 85023',
      stage: 'proposal_sent',
      daysAgo: 18,
      jobs: [
        {
          name: 'Heat pump conversion',
          description: 'Replace gas pack with a 3 ton heat pump, keep the ducts.',
          status: 'open',
          daysAgo: 16,
          notes: [
            {
              text: 'Ducts tested at 14 % leakage, fine to reuse with sealing. She asked about the rebate.',
              daysAgo: 14,
            },
          ],
          quotes: [
            {
              status: 'declined',
              title: '3 ton heat pump, variable speed',
              daysAgo: 13,
              lines: [
                {
                  description: 'Heat pump system, variable speed',
                  quantity: 3,
                  unit: 'ton',
                  price: 2900_00,
                  cost: 1870_00,
                  category: 'equipment',
                },
                {
                  description: 'Installation',
                  quantity: 20,
                  unit: 'hour',
                  price: 135_00,
                  cost: 58_00,
                  category: 'labor',
                },
              ],
            },
            {
              status: 'sent',
              title: '3 ton heat pump, two stage',
              daysAgo: 6,
              lines: [
                {
                  description: 'Heat pump system, two stage',
                  quantity: 3,
                  unit: 'ton',
                  price: 2150_00,
                  cost: 1340_00,
                  category: 'equipment',
                },
                {
                  description: 'Duct sealing',
                  quantity: 140,
                  unit: 'linear ft',
                  price: 6_50,
                  cost: 2_40,
                  category: 'materials',
                },
                {
                  description: 'Installation',
                  quantity: 20,
                  unit: 'hour',
                  price: 135_00,
                  cost: 58_00,
                  category: 'labor',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'Cactus Row Apartments',
      phone: '(480) 555-0108',
      email: 'cactusrow@example.com',
      address: '2600 S Cactus Row, Tempe, AZ 85282',
      stage: 'maintenance_plan',
      notes: '24 units. Bill per building.',
      daysAgo: 200,
      jobs: [
        {
          name: 'Coil cleaning and tune-up, building B',
          description: 'Clean coils, check charge, swap filters and weak capacitors on 12 units.',
          status: 'completed',
          daysAgo: 66,
          people: [{ name: 'Jesse Tso', role: 'lead' }],
          notes: [{ text: 'Units 7 and 9 low on charge, topped up. Capacitors changed on 5 units.', daysAgo: 58 }],
          quotes: [
            {
              status: 'accepted',
              title: 'Tune-up, 12 units',
              daysAgo: 64,
              lines: [
                {
                  description: 'Tune-up, per unit',
                  quantity: 12,
                  unit: 'unit',
                  price: 119_00,
                  cost: 46_00,
                  category: 'labor',
                },
                {
                  description: 'Capacitor',
                  quantity: 5,
                  unit: 'each',
                  price: 85_00,
                  cost: 18_50,
                  category: 'materials',
                },
                {
                  description: 'Refrigerant R-410A',
                  quantity: 4.5,
                  unit: 'lb',
                  price: 92_00,
                  cost: 31_00,
                  category: 'materials',
                },
              ],
            },
          ],
          invoices: [
            {
              daysAgo: 56,
              payment: 'none',
              lines: [
                { description: 'Tune-up, per unit', quantity: 12, unit: 'unit', price: 119_00 },
                { description: 'Capacitor', quantity: 5, unit: 'each', price: 85_00 },
                { description: 'Refrigerant R-410A', quantity: 4.5, unit: 'lb', price: 92_00 },
              ],
            },
          ],
          expenses: [
            {
              description: 'Capacitors, filters, coil cleaner',
              amount: 318_65,
              category: 'materials',
              vendor: 'Sonoran HVAC Supply',
              daysAgo: 60,
            },
            {
              description: 'Scissor lift, one day',
              amount: 215_00,
              category: 'equipment',
              vendor: 'Valley Lift Rental',
              daysAgo: 59,
            },
          ],
        },
      ],
    },
  ],
};
