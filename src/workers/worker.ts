// Where a worker begins: a bundle of its own, of which the main thread loads nothing.
import { serve } from './serve.ts';
import { TASKS } from './tasks.ts';

serve(TASKS);
