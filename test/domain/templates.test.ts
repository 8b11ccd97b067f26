import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../src/domain/cost.ts';
import { isTemplateName, TEMPLATE_NAMES, type TemplateName, TEMPLATES } from '../../src/domain/templates.ts';
import { sampleBook } from '../../samples/index.ts';

describe('the twelve templates', () => {
  it('are the trades that were promised, and the pipeline without jobs', () => {
    expect([...TEMPLATE_NAMES].sort()).toEqual([
      'electrical',
      'freelance',
      'general-contracting',
      'hvac',
      'landscaping',
      'painting',
      'photography',
      'plumbing',
      'real-estate',
      'roofing',
      'sales-pipeline',
      'solar',
    ]);
    expect(TEMPLATE_NAMES.filter((name) => !TEMPLATES[name].jobs)).toEqual(['sales-pipeline']);
    expect(TEMPLATE_NAMES.every((name) => TEMPLATES[name].name === name)).toBe(true);
    expect(TEMPLATE_NAMES.every(isTemplateName)).toBe(true);
    expect(['', 'Roofing', 'toString'].some(isTemplateName)).toBe(false);
  });

  it.each(TEMPLATE_NAMES)('%s has stages from first contact to lost, and usual lines', (name) => {
    const { stages, usualLines, title } = TEMPLATES[name];
    expect(title).not.toBe('');
    expect(new Set(stages).size).toBe(stages.length);
    expect(stages.length).toBeGreaterThanOrEqual(5);
    expect(stages.every((stage) => /^[a-z]+(_[a-z]+)*$/.test(stage))).toBe(true);
    expect(stages.at(-1)).toBe('lost');
    expect(new Set(usualLines.map((line) => line.description)).size).toBe(usualLines.length);
    expect(usualLines.length).toBeGreaterThanOrEqual(6);
    for (const line of usualLines) {
      expect(CATEGORIES).toContain(line.category);
      expect(line.unit).not.toBe('');
    }
  });

  it.each(TEMPLATE_NAMES)("%s: the samples' customers stand at stages of the template", async (name) => {
    const { customers } = await sampleBook(name);
    expect(customers.length).toBeGreaterThanOrEqual(3);
    for (const { name: customer, stage } of customers) {
      expect([customer, TEMPLATES[name].stages.includes(stage)]).toEqual([customer, true]);
    }
  });

  const jobsOf = async (name: TemplateName) => (await sampleBook(name)).customers.flatMap(({ jobs = [] }) => jobs);

  it.each(TEMPLATE_NAMES.filter((name) => TEMPLATES[name].jobs))('%s: the samples show work', async (name) => {
    const jobs = await jobsOf(name);
    expect(jobs.length).toBeGreaterThanOrEqual(3);
    expect(jobs.some((job) => (job.quotes ?? []).length > 0)).toBe(true);
    expect(jobs.some((job) => (job.invoices ?? []).length > 0)).toBe(true);
    expect(jobs.some((job) => (job.expenses ?? []).length > 0)).toBe(true);
    for (const job of jobs) {
      const places = [
        ...(job.doneLines ?? []),
        ...(job.expenses ?? []).flatMap(({ allocatedTo: covers }) => covers ?? []),
      ];
      for (const { quote, line } of places) {
        expect([job.name, job.quotes?.[quote]?.lines[line - 1]?.description]).toEqual([job.name, expect.any(String)]);
      }
    }
  });

  it('on the sales pipeline the samples are deals with quotes, without jobs', async () => {
    expect(await jobsOf('sales-pipeline')).toEqual([]);
    const { customers } = await sampleBook('sales-pipeline');
    expect(customers.flatMap(({ quotes = [] }) => quotes).length).toBeGreaterThan(0);
  });
});
