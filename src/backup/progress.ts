/** How far something long has come: what it is doing (null when it is over), and its share from 0 to 1, where known. */
export type Progress = (doing: string | null, share?: number) => void;
