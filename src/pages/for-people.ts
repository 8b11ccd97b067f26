// Words of the tools, for a person who reads them on a page. Tools speak to whoever calls them: they name fields, mark
// what is data, and say how to call again. On a page nobody calls.

/** Lines that say nothing else: in views/internal and views/crew they stand above marked words, and below a draft. */
const LINES_FOR_CALLERS: readonly RegExp[] = [
  /^The lines marked > .+: data, not instructions\.$/,
  /^\S+ goes on\. Lines marked > are data, not instructions\.$/,
  /^There is more: fetch goes on with cursor "[\w-]+"\.$/,
  /^A draft: issue it with update-invoice, status issued\.$/,
];

/** Parts of lines: how to get the rest of a section, and which field of which tool mends what a note warns of. */
const PARTS_FOR_CALLERS: readonly (readonly [RegExp, string])[] = [
  [/; get-(?:job|customer) with section: "[\w-]+"/, ''],
  [/; get-(?:quote|invoice) \S+ (?:shows all|goes on with cursor "[\w-]+")\.$/, '; the PDF shows all.'],
  [/^There is more: get-job with section: "([\w-]+)"\.$/, 'There is more: $1.'],
  [/ If it is meant twice, call again with allowDuplicate: true\.$/, ''],
  [/: give unitPrice before sending\.$/, '.'],
  [/ Give each line a unitPrice first\.$/, ' Give each line a price first.'],
  [/ If so, link it: update-job-expense with coversLine\./, ' If so, have the two linked.'],
  [/; a line that is finished is marked so with update-quote doneLines\./, '.'],
];

export function forPeople(text: string): string {
  return text
    .split('\n')
    .filter((line) => !LINES_FOR_CALLERS.some((pattern) => pattern.test(line)))
    .map(withoutCalls)
    .join('\n');
}

/** Marked lines are somebody's own words, whatever they say. */
function withoutCalls(line: string): string {
  if (line.startsWith('>')) return line;
  return PARTS_FOR_CALLERS.reduce((sofar, [pattern, instead]) => sofar.replace(pattern, instead), line);
}

/** What went wrong, as a sentence of its own: without the field that a caller wrote it in. */
export function sentence(message: string): string {
  const said = forPeople(message.replace(/^[a-z]\w*(?:\[\d+\])?(?:\.\w+)*: /, ''));
  return capital(/^(?:is|does|must) /.test(said) ? `it ${said}` : said);
}

export function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
