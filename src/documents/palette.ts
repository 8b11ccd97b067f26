// The colours of a printed paper.
export const INK = '#1f2933';
export const MUTED = '#5f6b7a';
export const ACCENT = '#1f3a5f';
export const RULE = '#d5dbe3';
export const GOOD = '#1a7f4b';
export const BAD = '#b42318';
export const WHITE = '#ffffff';
