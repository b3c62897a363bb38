/**
 * Runs what reads derivatives, as many at a time as leave threads for everything else: their folder may lie on a
 * network, and hang. The threads are the process' own, and so is this limit.
 */
import pLimit from 'p-limit';
import { FILE_THREADS } from '../settings/config.ts';

export const derivativeReads = pLimit(Math.max(1, Math.floor(FILE_THREADS / 2)));
