/** How long a call waits for its turn, for whoever holds what it needs, and for a server that takes writes. */
export const SERVER_PATIENCE_MS = 10_000;
