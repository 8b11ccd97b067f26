// Why bytes that should be kept are not read: they are missing, or not what was stored.

export class Unreadable extends Error {
  /** As the system calls a file that is not there; empty where it is there and was altered. */
  readonly code: 'ENOENT' | '';

  constructor(why: 'missing' | 'altered') {
    super(why === 'missing' ? 'no bytes are stored' : 'stored bytes were altered');
    this.code = why === 'missing' ? 'ENOENT' : '';
  }
}
