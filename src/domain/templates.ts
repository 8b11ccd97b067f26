// Owns the twelve templates: the stages of each trade's pipeline and the line items usual in it.

export const TEMPLATE_NAMES = [
  'roofing',
  'hvac',
  'plumbing',
  'electrical',
  'landscaping',
  'general-contracting',
  'painting',
  'solar',
  'real-estate',
  'photography',
  'freelance',
  'sales-pipeline',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

export type UsualLine = {
  readonly description: string;
  readonly unit: string;
  readonly category: 'materials' | 'labor' | 'subcontractor' | 'permit' | 'equipment' | 'other';
};

export type Template = {
  readonly name: TemplateName;
  readonly title: string;
  readonly jobs: boolean;
  /** The stages a customer goes through; the first is where a new one starts. */
  readonly stages: readonly [string, ...string[]];
  readonly usualLines: readonly UsualLine[];
};

export const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  roofing: {
    name: 'roofing',
    title: 'Roofing',
    jobs: true,
    stages: ['lead', 'inspection', 'estimate_sent', 'won', 'scheduled', 'completed', 'lost'],
    usualLines: [
      { description: 'Tear-off and disposal, one layer', unit: 'square', category: 'labor' },
      { description: 'Architectural shingles, installed', unit: 'square', category: 'materials' },
      { description: 'Synthetic underlayment', unit: 'square', category: 'materials' },
      { description: 'Ice and water shield', unit: 'roll', category: 'materials' },
      { description: 'Drip edge', unit: 'linear ft', category: 'materials' },
      { description: 'Ridge vent', unit: 'linear ft', category: 'materials' },
      { description: 'Pipe boot flashing', unit: 'each', category: 'materials' },
      { description: 'Roof decking replacement', unit: 'sheet', category: 'materials' },
    ],
  },
  hvac: {
    name: 'hvac',
    title: 'HVAC',
    jobs: true,
    stages: ['lead', 'site_visit', 'proposal_sent', 'won', 'installed', 'maintenance_plan', 'lost'],
    usualLines: [
      { description: 'Central air conditioner, 16 SEER2', unit: 'ton', category: 'equipment' },
      { description: 'Gas furnace, 96 % AFUE', unit: 'each', category: 'equipment' },
      { description: 'Heat pump system', unit: 'ton', category: 'equipment' },
      { description: 'Ductwork, supplied and hung', unit: 'linear ft', category: 'materials' },
      { description: 'Refrigerant R-410A', unit: 'lb', category: 'materials' },
      { description: 'Smart thermostat', unit: 'each', category: 'materials' },
      { description: 'Installation labor', unit: 'hour', category: 'labor' },
      { description: 'Mechanical permit', unit: 'each', category: 'permit' },
    ],
  },
  plumbing: {
    name: 'plumbing',
    title: 'Plumbing',
    jobs: true,
    stages: ['lead', 'diagnosed', 'estimate_sent', 'won', 'in_service', 'repeat_customer', 'lost'],
    usualLines: [
      { description: 'Rough-in, per fixture', unit: 'fixture', category: 'labor' },
      { description: 'Fixture set and trim', unit: 'fixture', category: 'labor' },
      { description: 'Water heater, 50 gal gas', unit: 'each', category: 'materials' },
      { description: 'PEX repipe', unit: 'linear ft', category: 'materials' },
      { description: 'Drain line, 3 in. PVC', unit: 'linear ft', category: 'materials' },
      { description: 'Drain cleaning', unit: 'hour', category: 'labor' },
      { description: 'Sewer camera inspection', unit: 'each', category: 'equipment' },
      { description: 'Plumbing permit', unit: 'each', category: 'permit' },
    ],
  },
  electrical: {
    name: 'electrical',
    title: 'Electrical',
    jobs: true,
    stages: ['lead', 'site_visit', 'estimate_sent', 'won', 'permit_pulled', 'completed', 'lost'],
    usualLines: [
      { description: 'New branch circuit, 20 A', unit: 'circuit', category: 'labor' },
      { description: 'Service panel, 200 A', unit: 'panel', category: 'materials' },
      { description: 'Receptacle or switch, installed', unit: 'device', category: 'labor' },
      { description: 'Recessed LED light', unit: 'fixture', category: 'materials' },
      { description: 'EV charger circuit, 60 A', unit: 'circuit', category: 'materials' },
      { description: 'Copper feeder cable', unit: 'linear ft', category: 'materials' },
      { description: 'Electrician, journeyman', unit: 'hour', category: 'labor' },
      { description: 'Electrical permit', unit: 'each', category: 'permit' },
    ],
  },
  landscaping: {
    name: 'landscaping',
    title: 'Landscaping',
    jobs: true,
    stages: ['lead', 'walkthrough', 'design_sent', 'estimate_sent', 'won', 'maintenance', 'lost'],
    usualLines: [
      { description: 'Paver patio, laid', unit: 'sq ft', category: 'materials' },
      { description: 'Retaining wall block', unit: 'sq ft', category: 'materials' },
      { description: 'Hardwood mulch, spread', unit: 'cu yd', category: 'materials' },
      { description: 'Sod, laid', unit: 'sq ft', category: 'materials' },
      { description: 'Shrub, 5 gal, planted', unit: 'plant', category: 'materials' },
      { description: 'Irrigation zone', unit: 'zone', category: 'materials' },
      { description: 'Weekly mowing', unit: 'visit', category: 'labor' },
      { description: 'Skid steer', unit: 'day', category: 'equipment' },
    ],
  },
  'general-contracting': {
    name: 'general-contracting',
    title: 'General contracting',
    jobs: true,
    stages: [
      'lead',
      'site_visit',
      'bid_sent',
      'negotiating',
      'contract_signed',
      'under_construction',
      'closed_out',
      'lost',
    ],
    usualLines: [
      { description: 'Demolition and haul-off', unit: 'day', category: 'labor' },
      { description: 'Framing', unit: 'sq ft', category: 'labor' },
      { description: 'Drywall, hung and finished', unit: 'sq ft', category: 'subcontractor' },
      { description: 'Tile, set and grouted', unit: 'sq ft', category: 'subcontractor' },
      { description: 'Cabinets', unit: 'linear ft', category: 'materials' },
      { description: 'Dumpster', unit: 'pull', category: 'equipment' },
      { description: 'Building permit', unit: 'each', category: 'permit' },
      { description: 'Project supervision', unit: 'week', category: 'labor' },
    ],
  },
  painting: {
    name: 'painting',
    title: 'Painting',
    jobs: true,
    stages: ['lead', 'walkthrough', 'estimate_sent', 'color_chosen', 'won', 'completed', 'lost'],
    usualLines: [
      { description: 'Walls, two coats', unit: 'sq ft', category: 'labor' },
      { description: 'Ceilings, one coat', unit: 'sq ft', category: 'labor' },
      { description: 'Trim and baseboard', unit: 'linear ft', category: 'labor' },
      { description: 'Door, both sides', unit: 'door', category: 'labor' },
      { description: 'Kitchen cabinet face, sprayed', unit: 'face', category: 'labor' },
      { description: 'Exterior wash and prep', unit: 'sq ft', category: 'labor' },
      { description: 'Interior paint', unit: 'gallon', category: 'materials' },
      { description: 'Boom lift', unit: 'day', category: 'equipment' },
    ],
  },
  solar: {
    name: 'solar',
    title: 'Solar',
    jobs: true,
    stages: [
      'lead',
      'utility_bill_received',
      'site_survey',
      'proposal_sent',
      'contract_signed',
      'permitting',
      'permission_to_operate',
      'lost',
    ],
    usualLines: [
      { description: 'Solar panel, 410 W', unit: 'panel', category: 'materials' },
      { description: 'Microinverter', unit: 'each', category: 'materials' },
      { description: 'Roof racking and flashing', unit: 'panel', category: 'materials' },
      { description: 'Home battery, 13.5 kWh', unit: 'battery', category: 'equipment' },
      { description: 'Installation labor', unit: 'kW', category: 'labor' },
      { description: 'Main panel upgrade', unit: 'each', category: 'subcontractor' },
      { description: 'Permit and interconnection package', unit: 'each', category: 'permit' },
    ],
  },
  'real-estate': {
    name: 'real-estate',
    title: 'Real estate',
    jobs: true,
    stages: ['lead', 'consultation', 'agreement_signed', 'active', 'under_contract', 'closed', 'lost'],
    usualLines: [
      { description: 'Listing-side commission', unit: 'closing', category: 'other' },
      { description: 'Buyer-side commission', unit: 'closing', category: 'other' },
      { description: 'Home staging', unit: 'month', category: 'subcontractor' },
      { description: 'Listing photos and floor plan', unit: 'shoot', category: 'subcontractor' },
      { description: 'Pre-listing cleaning', unit: 'hour', category: 'labor' },
      { description: 'Yard sign and lockbox', unit: 'each', category: 'materials' },
      { description: 'Transaction coordination', unit: 'closing', category: 'labor' },
    ],
  },
  photography: {
    name: 'photography',
    title: 'Photography',
    jobs: true,
    stages: ['inquiry', 'consultation', 'proposal_sent', 'booked', 'shot', 'delivered', 'lost'],
    usualLines: [
      { description: 'Wedding coverage', unit: 'hour', category: 'labor' },
      { description: 'Second photographer', unit: 'hour', category: 'subcontractor' },
      { description: 'Portrait session', unit: 'session', category: 'labor' },
      { description: 'Retouched image', unit: 'image', category: 'labor' },
      { description: 'Album, 10 x 10 in., 30 pages', unit: 'album', category: 'materials' },
      { description: 'Studio rental', unit: 'hour', category: 'equipment' },
      { description: 'Commercial usage license', unit: 'year', category: 'other' },
    ],
  },
  freelance: {
    name: 'freelance',
    title: 'Freelance',
    jobs: true,
    stages: ['lead', 'intro_call', 'proposal_sent', 'won', 'in_progress', 'delivered', 'lost'],
    usualLines: [
      { description: 'Design', unit: 'hour', category: 'labor' },
      { description: 'Development', unit: 'hour', category: 'labor' },
      { description: 'Copywriting', unit: 'word', category: 'labor' },
      { description: 'Page template', unit: 'page', category: 'labor' },
      { description: 'Stock images and fonts', unit: 'license', category: 'materials' },
      { description: 'Specialist, subcontracted', unit: 'hour', category: 'subcontractor' },
      { description: 'Monthly retainer', unit: 'month', category: 'labor' },
    ],
  },
  'sales-pipeline': {
    name: 'sales-pipeline',
    title: 'Sales pipeline',
    jobs: false,
    stages: ['lead', 'qualified', 'demo', 'proposal_sent', 'negotiating', 'won', 'lost'],
    usualLines: [
      { description: 'Annual subscription', unit: 'seat', category: 'other' },
      { description: 'Setup and onboarding', unit: 'each', category: 'labor' },
      { description: 'Training session', unit: 'session', category: 'labor' },
      { description: 'Consulting', unit: 'day', category: 'labor' },
      { description: 'Hardware unit', unit: 'unit', category: 'materials' },
      { description: 'Support plan', unit: 'month', category: 'other' },
    ],
  },
};

export function isTemplateName(name: string): name is TemplateName {
  return (TEMPLATE_NAMES as readonly string[]).includes(name);
}

/** What the lines of a bill say that takes after a contract or an invoice: part of the document, whoever reads it. */
export const BILL_LINES = {
  contract: (title: string, ref: string, changes: number) =>
    `${title} (${ref}${changes > 0 ? ` with ${changes} change order${changes === 1 ? '' : 's'}` : ''})`,
  balance: (contract: string) => `Balance of ${contract}`,
  part: (contract: string) => `Part of ${contract}`,
  percent: (percent: number | string, contract: string) => `${percent} % of ${contract}`,
  atRate: (percent: number | string) => `, at ${percent} % tax`,
  credit: (ref: string) => `Credit for ${ref}`,
} as const;
