// What somebody says for one of a few fixed choices.

/** The one choice that is meant, however it is spelled: `In Progress` is in_progress. Undefined where none is, or several. */
export function choiceMeant<C extends string>(choices: readonly C[], said: string): C | undefined {
  const meant = choices.filter((choice) => folded(choice) === folded(said));
  return choices.find((choice) => choice === said) ?? (meant.length === 1 ? meant[0] : undefined);
}

/** A sign before the first word stays: `-margin` is another choice than `margin`. Americans cancel with one l. */
function folded(choice: string): string {
  return choice
    .trim()
    .toLowerCase()
    .replace(/(?<=\w)[\s_-]+(?=\w)/g, '')
    .replaceAll('ll', 'l');
}
