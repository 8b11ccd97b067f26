/** Time zones take longer to load than most calls take: what needs them loads them before the books are opened. */
export const loadClock = async () => await import('../services/resolve/appointment-time.ts');
