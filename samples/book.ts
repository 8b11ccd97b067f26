// Owns the shape of a sample book: what a trade's example customers, jobs and papers are written in.
// Amounts are whole hundredths of the currency (612_40 is 612.40), quantities have at most 4 decimals,
// days count back from today (0), those of appointments forward.

export type SampleCategory = 'materials' | 'labor' | 'subcontractor' | 'permit' | 'equipment' | 'other';

/** `price` and `cost` are per unit. */
export type SampleLine = {
  readonly description: string;
  readonly quantity: number;
  readonly unit?: string;
  readonly price: number;
  readonly cost?: number;
  readonly category?: SampleCategory;
  readonly taxRatePercent?: number;
};

export type SampleQuote = {
  /** Default: original. */
  readonly kind?: 'original' | 'change_order';
  readonly status: 'draft' | 'sent' | 'accepted' | 'declined';
  readonly title: string;
  readonly daysAgo: number;
  readonly lines: readonly SampleLine[];
};

export type SampleInvoiceLine = {
  readonly description: string;
  readonly quantity: number;
  readonly unit?: string;
  readonly price: number;
  readonly taxRatePercent?: number;
};

export type SampleInvoice = {
  /** Default: standard. */
  readonly kind?: 'standard' | 'deposit' | 'progress';
  readonly draft?: true;
  readonly daysAgo: number;
  /** Default: paid in full some days later. */
  readonly payment?: 'none' | 'part';
  readonly lines: readonly SampleInvoiceLine[];
};

export type SampleExpense = {
  readonly description: string;
  readonly amount: number;
  readonly category: SampleCategory;
  readonly vendor?: string;
  readonly daysAgo: number;
  /** What it really bought: `quote` is an index into the job's quotes, `line` counts from 1. */
  readonly allocatedTo?: { readonly quote: number; readonly line: number };
};

export type SampleAppointment = {
  readonly title: string;
  /** Below 0: it took place. */
  readonly daysFromNow: number;
  /** `09:00`, on the business's clock. */
  readonly startsAt: string;
  readonly minutes: number;
  readonly people?: readonly string[];
  readonly place?: string;
};

export type SampleWalkAndTalk = {
  readonly title: string;
  readonly daysAgo: number;
  /** Who agreed to being recorded. */
  readonly consent: string;
  /** One line for each time somebody speaks. */
  readonly transcript: readonly string[];
  readonly summary: string;
  readonly findings: readonly string[];
  readonly followUps: readonly string[];
};

/** What belongs to a job, or to a customer alone. */
export type SampleSite = {
  readonly appointments?: readonly SampleAppointment[];
  readonly walkAndTalks?: readonly SampleWalkAndTalk[];
};

export type SampleJob = SampleSite & {
  readonly name: string;
  readonly description: string;
  /** Only where it is not the customer's. */
  readonly address?: string;
  readonly status: 'open' | 'in_progress' | 'completed' | 'cancelled';
  /** When it was created. */
  readonly daysAgo: number;
  readonly people?: readonly { readonly name: string; readonly role: 'crew' | 'lead' | 'sub' }[];
  readonly notes?: readonly { readonly text: string; readonly daysAgo: number }[];
  readonly quotes?: readonly SampleQuote[];
  readonly invoices?: readonly SampleInvoice[];
  readonly expenses?: readonly SampleExpense[];
  readonly doneLines?: readonly { readonly quote: number; readonly line: number }[];
};

export type SampleCustomer = SampleSite & {
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
  readonly address?: string;
  /** One of the template's stages. */
  readonly stage: string;
  readonly notes?: string;
  readonly daysAgo: number;
  readonly jobs?: readonly SampleJob[];
  /** Papers not filed under a job; visits too. */
  readonly quotes?: readonly SampleQuote[];
  readonly invoices?: readonly SampleInvoice[];
};

export type SampleBook = {
  readonly customers: readonly SampleCustomer[];
};
