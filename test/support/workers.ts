// One pool for all the books of a test process, which starts a worker once.
import { createLogger } from '../../src/logger.ts';
import { Workers } from '../../src/workers/workers.ts';

export const WORKERS = new Workers(createLogger('silent'));
