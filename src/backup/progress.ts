/** What is being done. */
export type Step = 'copy' | 'check' | 'check-files' | 'write' | 'read-back' | 'read';

/** How far something long has come: what it is doing (null when it is over), and its share from 0 to 1, where known. */
export type Progress = (doing: Step | null, share?: number) => void;
