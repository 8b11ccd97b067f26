// Small shared pieces of what is said: counts, lists, and the sentences that many answers begin or end with.

export function sampleText(record: { sample?: true | undefined }): string {
  return record.sample === true ? ' (sample)' : '';
}

/** What sums say of samples. */
export function samplesText(sums: { includesSamples: boolean; samplesLeftOut?: true | undefined }): string {
  if (sums.includesSamples) return ', samples included';
  return sums.samplesLeftOut === true ? ', samples left out' : '';
}

/** `a, b, c` with the empty ones left out. */
export function listed(parts: readonly (string | null | undefined | false)[], between = ', '): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(between);
}

/** `3 jobs`, `1 job` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How many rows of all these are, where there are more. @param nextCursor stands in the words too: some hosts show nothing else */
export function moreText(rows: number, count: number, nextCursor: string | undefined): string {
  return nextCursor === undefined ? '' : `${rows} shown of ${count}; the rest with cursor "${nextCursor}".`;
}

type Lines = {
  readonly lines: readonly unknown[];
  readonly lineCount?: number | undefined;
  readonly linesFrom?: number | undefined;
};

/** Which lines of a long document these are, and how to get the others. @param tool shows it */
export function linesText(
  { lines, lineCount, linesFrom = 1 }: Lines,
  tool: string,
  nextCursor: string | undefined,
): string[] {
  if (lineCount === undefined) return [];
  const these =
    lines.length === 0
      ? `None of the ${lineCount} lines`
      : `Lines ${linesFrom} to ${linesFrom + lines.length - 1} of ${lineCount}`;
  const rest = nextCursor === undefined ? `${tool} shows all` : `${tool} goes on with cursor "${nextCursor}"`;
  return [`${these}; ${rest}.`];
}

type Done = { did: string; change: number | null; preview?: true | undefined; confirm?: string | undefined };

/** The opening line of every write's answer. */
export function didText({ did, change, preview, confirm }: Done): string {
  if (preview === true) {
    const how = confirm === undefined ? '' : ` After a yes, call again with confirm: "${confirm}" instead of preview.`;
    return `Preview, nothing was saved. Once done: ${did}.${how}`;
  }
  return change === null ? `${did}. Nothing was written.` : `${did}. (change ${change})`;
}

/** @param row the file in words, where there is one */
export function attachedText(answer: Done & { uploadUrl?: string | undefined }, row: string | null): string {
  if (answer.uploadUrl !== undefined) return `${answer.did}: ${answer.uploadUrl}`;
  if (row === null) return answer.preview === true ? didText(answer) : `${answer.did}.`;
  const again = answer.change === null && answer.preview !== true ? ' allowDuplicate: true attaches it once more.' : '';
  return `${didText(answer)}${again}\n${row}`;
}

/** Of a link that opens once, for whoever asked. */
export function onceFrom(url: string): string {
  return `Download within 15 minutes, once, signed in as yourself: ${url}`;
}
