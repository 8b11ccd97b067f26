import { describe, expect, it } from 'vitest';
import { APPOINTMENT_STATUSES } from '../../src/domain/appointment.ts';
import { choiceMeant } from '../../src/domain/choice.ts';
import { CATEGORIES } from '../../src/domain/cost.ts';
import { ASSIGNEE_ROLES, JOB_STATUSES } from '../../src/domain/job.ts';

describe('a choice', () => {
  it.each([
    [JOB_STATUSES, 'In Progress', 'in_progress'],
    [JOB_STATUSES, 'started', 'in_progress'],
    [JOB_STATUSES, 'done', 'completed'],
    [JOB_STATUSES, 'canceled', 'cancelled'],
    [APPOINTMENT_STATUSES, 'completed', 'done'],
    [['draft', 'sent', 'accepted', 'declined'], 'approved', 'accepted'],
    [['draft', 'sent', 'accepted', 'declined'], 'Rejected', 'declined'],
    [CATEGORIES, 'Material', 'materials'],
    [CATEGORIES, 'supplies', 'materials'],
    [CATEGORIES, 'subs', 'subcontractor'],
    [CATEGORIES, 'Labour', 'labor'],
    [ASSIGNEE_ROLES, 'foreman', 'lead'],
    [['day', 'week', '2 weeks', 'month', '3 months', 'year'], 'Weekly', 'week'],
    [['day', 'week', '2 weeks', 'month', '3 months', 'year'], 'fortnightly', '2 weeks'],
    [['vendor', 'category', 'month'], 'supplier', 'vendor'],
    [ASSIGNEE_ROLES, 'subcontractor', 'sub'],
  ])('of %j is meant by %j: %s', (choices, said, meant) => {
    expect(choiceMeant<string>(choices, said)).toBe(meant);
  });

  it.each([
    [JOB_STATUSES, 'active'],
    [JOB_STATUSES, 'deleted'],
    [JOB_STATUSES, 'finished'],
    [['draft', 'issued', 'void'], 'paid'],
    [CATEGORIES, 'travel'],
    // Either could be meant.
    [['done', 'complete', 'open'], 'completed'],
  ])('of %j is not guessed from %j', (choices, said) => {
    expect(choiceMeant<string>(choices, said)).toBeUndefined();
  });

  it('is its own name first, whatever else means the same', () => {
    expect(choiceMeant(['done', 'completed'], 'done')).toBe('done');
    expect(choiceMeant(['done', 'completed'], 'Done')).toBe('done');
  });
});
