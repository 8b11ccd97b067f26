// What a person or a model reads of an answer.

/** Of a page, without its marks; entities stay as they are. */
export const read = (html: string) =>
  html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

export const textOf = ({ content }: { content: { text: string }[] }) => content.map(({ text }) => text).join('\n');
