/** How long a call waits for whoever else holds what it needs, its turn among our own included. */
export const PATIENCE_MS = 5000;
