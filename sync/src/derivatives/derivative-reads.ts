/**
 * Limits concurrent derivative reads so that threads remain for everything else: the derivative folder may be on a
 * network drive that hangs. The limit is per process because the thread pool is.
 */
import pLimit from 'p-limit';
import { FILE_THREADS } from '../settings/config.ts';

export const derivativeReads = pLimit(Math.max(1, Math.floor(FILE_THREADS / 2)));
