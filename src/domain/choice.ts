// What somebody says for one of a few fixed choices.

/**
 * The one choice that is meant, however it is spelled, `In Progress` is in_progress, or by a word that means the same:
 * `approved` is accepted. Undefined where none is, or several.
 */
export function choiceMeant<C extends string>(choices: readonly C[], said: string): C | undefined {
  const spelled = choices.filter((choice) => folded(choice) === folded(said));
  const same = SAME.find((words) => words.includes(folded(said))) ?? [];
  const meant = spelled.length > 0 ? spelled : choices.filter((choice) => same.includes(folded(choice)));
  return choices.find((choice) => choice === said) ?? (meant.length === 1 ? meant[0] : undefined);
}

/** Words of the trade that mean one thing: of a list of choices, the one of them that is in it is meant. */
const SAME: readonly (readonly string[])[] = [
  // Finished is more: nothing is left to bill either.
  ['completed', 'complete', 'done'],
  ['in progress', 'started', 'underway', 'ongoing'],
  ['cancelled', 'cancel'],
  ['accepted', 'accept', 'approved', 'signed'],
  ['declined', 'decline', 'rejected'],
  ['partly paid', 'partially paid', 'part paid'],
  ['part billed', 'partly billed', 'partially billed'],
  ['not billed', 'unbilled'],
  ['materials', 'material', 'supplies'],
  ['labor', 'labour', 'wages'],
  ['subcontractor', 'subcontractors', 'sub', 'subs'],
  ['permit', 'permits'],
  ['equipment', 'rental', 'tool rental'],
  ['lead', 'leader', 'foreman'],
  ['vendor', 'supplier', 'store'],
  ['day', 'daily'],
  ['week', 'weekly'],
  ['2 weeks', 'biweekly', 'fortnightly'],
  ['month', 'monthly'],
  ['3 months', 'quarter', 'quarterly'],
  ['year', 'yearly', 'annually'],
].map((words) => words.map(folded));

/** A sign before the first word stays: `-margin` is another choice than `margin`. Americans cancel with one l. */
function folded(choice: string): string {
  return choice
    .trim()
    .toLowerCase()
    .replace(/(?<=\w)[\s_-]+(?=\w)/g, '')
    .replaceAll('ll', 'l');
}
