import type { Prompt } from './define-prompt.ts';

export const closeOutAJob: Prompt = {
  name: 'close-out-a-job',
  title: 'Close out a job',
  description: 'Everything billed, every expense in its place, the job completed, and what it really made.',
  arguments: [{ name: 'job', title: 'Job', description: 'number (J-12) or name', kind: 'job', required: true }],
  needs: ['get-job', 'update-job', 'add-job-expense'],
  opening: ({ job }) => `Close out ${job?.title ?? 'a job with me; ask me first which one'}. Steps:`,
  steps: ({ job }) => {
    const ref = job?.ref ?? 'the job';
    return [
      {
        uses: ['get-job'],
        says: `Read get-job ${ref} with explain: true, and tell me in two sentences where it stands.`,
      },
      {
        uses: ['update-quote'],
        says: 'Ask which lines of the accepted quotes are finished, and mark them with update-quote and doneLines.',
      },
      {
        uses: ['update-job-expense'],
        says: 'Go through expenses that cover no line. Where the strip warns possible_double_count, ask whether the expense is what that line really cost, and set coversLine with update-job-expense.',
      },
      {
        uses: ['add-job-expense'],
        says: 'Ask for receipts not logged yet (materials, dump fees, permit, hours of subs) and add them with add-job-expense.',
      },
      {
        uses: ['create-invoice', 'update-invoice'],
        says: 'Bill what is left: name drafts not billed yet (issue with update-invoice, or discard), then create-invoice fromQuote with rest: true for each contract with a remainder. Show me the amounts before you issue.',
      },
      { uses: ['update-job'], says: `When all of that is done, update-job ${ref} with status completed.` },
      {
        uses: ['get-job'],
        says: 'End with the profit, the margin, planned against real cost by category, and what the customer still owes.',
      },
    ];
  },
};
