import type { Prompt } from './define-prompt.ts';

export const weeklyReview: Prompt = {
  name: 'weekly-review',
  title: 'Weekly review',
  description: 'What happened and came in, which jobs run thin, who owes, what is waiting, and what is on next week.',
  arguments: [],
  needs: ['list-receivables'],
  opening: () => 'Go through my week with me. Only read, change nothing. Steps:',
  steps: () => [
    { uses: ['list-changes'], says: 'list-changes from the day a week ago to today: what happened, in a few lines.' },
    {
      uses: ['profit-report'],
      says: 'profit-report by job over the last 7 days, and by month for this month: billed, profit, margin.',
    },
    {
      uses: ['list-jobs'],
      says: 'list-jobs sorted by margin: name the jobs that run thin or at a loss, and the ones in progress with nothing billed.',
    },
    { uses: ['list-receivables'], says: 'list-receivables: who owes, how late, and what I owe back.' },
    { uses: ['list-quotes'], says: 'list-quotes with status sent: which wait for an answer longest.' },
    { uses: ['list-appointments'], says: 'list-appointments for the next 7 days, clashes first.' },
    {
      uses: ['list-receivables'],
      says: 'End with at most ten lines, figures first, and the three things most worth doing on Monday.',
    },
  ],
};
