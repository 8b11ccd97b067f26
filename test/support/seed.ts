// Where chance begins. The tests of a change take the same cases at every run, so that none is red by the luck of the
// draw; a soak takes others each time, and JOBWRIGHT_SEED those of a run that somebody saw.

const ASKED = process.env['JOBWRIGHT_SEED'];
const IN_SOAK = process.env['JOBWRIGHT_SOAK'] !== undefined;

/** The same in all files of one process. */
export const SEED: number =
  ASKED === undefined ? (IN_SOAK ? Math.floor(Math.random() * 2 ** 31) : 20_261_128) : Number(ASKED);
