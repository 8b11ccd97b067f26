// How far something long has come, on one line of a terminal that is written anew.

/** @param what null when it is over; @param share from 0 to 1, where it is known */
export type Progress = (what: string | null, share?: number) => void;

/** Says nothing where nobody is looking. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return () => undefined;
  let last = '';
  return (what, share) => {
    const line = what === null ? '' : `${what}…${share === undefined ? '' : ` ${Math.floor(share * 100)} %`}`;
    if (line !== last) stream.write(`\r\u001B[K${line}`);
    last = line;
  };
}
