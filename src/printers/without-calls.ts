// For what is said in whole sentences still, and not yet as a code with facts: the parts of them that name a tool or an
// argument, which nobody reads on a page. Each goes when its sentence becomes a message, whose `next` has that part.

const FOR_CALLERS: readonly (readonly [string, string])[] = [
  [' If it is meant twice, call again with allowDuplicate: true.', ''],
  [' If so, link it: update-job-expense with coversLine.', ' If so, have the two linked.'],
  ['; a line that is finished is marked so with update-quote doneLines.', '.'],
];

export function withoutCalls(sentence: string): string {
  return FOR_CALLERS.reduce((sofar, [part, instead]) => sofar.replace(part, instead), sentence);
}
