// Where the process begins that decodes pictures by native code: what goes wrong in there ends this process alone.
import { shownAs } from '../files/picture.ts';
import { serveInChild } from './serve.ts';

/** What it may hold, decoded pixels and all. */
const MOST_BYTES = 512 * 1024 * 1024;

serveInChild({ 'show picture': shownAs }, MOST_BYTES);
