// One account sends what keeps a reader busy; the others do not notice.
import { expect, test } from 'vitest';
import { BUSY_ARCHIVES, BUSY_PICTURES } from '../files/busy.ts';
import { openCompany } from '../support/company.ts';
import { textOf } from '../support/read.ts';

const busy = (name: string): string => {
  const found = [...BUSY_PICTURES, ...BUSY_ARCHIVES].find(([what]) => what === name);
  if (found === undefined) throw new Error(`there is no such file: ${name}`);
  return found[2]().toString('base64');
};
test('20 hostile photos at once: a few wait, the others are told to try again, and another account is answered first', async () => {
  const company = await openCompany();
  await company.ok('maria', 'create-customer', { name: 'Dana' });
  const content = busy('many such blocks');
  const order: string[] = [];
  const sent = Array.from({ length: 20 }, async () => {
    const said = textOf(await company.call('maria', 'attach-file', { customer: 'C-1', content, allowDuplicate: true }));
    order.push(
      said.startsWith('Other documents and files of this account are being worked on. Try again') ? 'refused' : 'read',
    );
  });
  const asked = company.ok('boris', 'get-account', {}).then(() => order.push('answered'));
  await Promise.all([...sent, asked]);
  expect(order.filter((each) => each === 'refused')).toHaveLength(10);
  expect(order.slice(0, order.indexOf('answered'))).not.toContain('read');
});

test.each(['many such blocks', 'words that name places', 'ten megabytes of comments'])(
  '%s: what looking through it takes is not taken from the main thread',
  async (name) => {
    const company = await openCompany();
    await company.ok('maria', 'create-customer', { name: 'Dana' });
    const content = busy(name);
    const send = async () =>
      await company.call('maria', 'attach-file', { customer: 'C-1', content, allowDuplicate: true });
    // What is loaded at the first call, and compiled at the next ones, is not what is looked for.
    for (let call = 0; call < 5; call += 1) await send();
    const before = [process.cpuUsage(), process.threadCpuUsage()] as const;
    await send();
    const [all, own] = [process.cpuUsage(before[0]), process.threadCpuUsage(before[1])];
    expect(all.user - own.user).toBeGreaterThan(own.user / 2);
  },
);

test('a paper of 200 long lines comes back from the worker whole', async () => {
  const company = await openCompany();
  await company.ok('maria', 'create-customer', { name: 'Dana' });
  await company.ok('maria', 'create-job', { customer: 'C-1', name: 'Roof' });
  const lines = Array.from({ length: 200 }, () => ({ description: '瓦屋根'.repeat(160), quantity: 1, unitPrice: 1 }));
  await company.ok('maria', 'create-quote', { job: 'J-1', title: 'Roof', lines });
  const { extras = [] } = await company.call('maria', 'get-document', { document: 'Q-1', format: 'pdf' });
  expect(Buffer.from(extras[0]?.base64 ?? '', 'base64').toString('latin1')).toMatch(/^%PDF-[^]*%%EOF\s*$/);
});
