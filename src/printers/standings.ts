// What jobs come to by where they stand, in words: finished and running ones first, never their mixed sum.
import type { OutsideCard, StandingGroup } from '../views/internal/standings.ts';
import type { Standing } from '../domain/job.ts';
import { line, type Block } from './blocks.ts';
import { counted, listed } from './format.ts';
import { isNotZero, profitInShort } from './profit-summary.ts';

type ByStanding = { readonly [S in Standing]?: StandingGroup | undefined };

export function standingBlocks({ finished, running, unsold, cancelled }: ByStanding): Block[] {
  return [
    ...(finished === undefined ? [] : [line(`Finished: ${madeText(finished)}`)]),
    ...(running === undefined ? [] : [line(`Running: ${headingText(running)}`)]),
    ...(unsold === undefined ? [] : [line(`Not sold: ${offeredText(unsold)}`)]),
    ...(cancelled === undefined ? [] : [line(`Cancelled: ${madeText(cancelled)}`)]),
  ];
}

function madeText(group: StandingGroup): string {
  return listed([
    `${counted(group.jobs, 'job')}, ${profitInShort(group)}`,
    `billed ${group.billed}`,
    isNotZero(group.costToCome) && `${group.costToCome} of the cost still the quote, without a receipt`,
  ]);
}

function headingText(group: StandingGroup): string {
  const { doneNotBilled: done } = group;
  return listed([
    `${counted(group.jobs, 'job')}, contract ${group.contract}`,
    `billed ${group.billed}`,
    `${group.leftToBill} left to bill`,
    group.toCredit !== undefined && `${group.toCredit} to credit`,
    `expected ${expectedText(group)}`,
    done !== undefined && `${done.jobs} of them done but not all billed (${done.leftToBill} left)`,
    ...doubts(group),
  ]);
}

function offeredText(group: StandingGroup): string {
  return listed([
    `${counted(group.jobs, 'job')}, quoted ${group.contract}`,
    isNotZero(group.contract) && `${expectedText(group)} if all is accepted`,
    ...doubts(group),
  ]);
}

function expectedText({ expectedProfit, expectedMarginPercent, jobs, unknownCost }: StandingGroup): string {
  return profitInShort({ profit: expectedProfit, marginPercent: expectedMarginPercent, jobs, unknownCost });
}

function doubts({ undecided, unpriced }: StandingGroup): (string | false)[] {
  return [
    undecided !== undefined && `of ${undecided} with several open quotes the one that makes least`,
    unpriced !== undefined && `without ${unpriced} with a price not known yet`,
  ];
}

export function outsideBlocks(outside: OutsideCard | undefined): Block[] {
  if (outside === undefined) return [];
  const { invoices, billed, notBilledYet } = outside;
  const drafts = isNotZero(notBilledYet) ? `, drafts ${notBilledYet}` : '';
  return [
    line(`Outside jobs, in none of these: ${counted(invoices, 'invoice')}, billed ${billed}${drafts}`, {
      ...{ next: ' (file-under-job puts them under one)' },
    }),
  ];
}
