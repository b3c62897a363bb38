/** The one way to make a PGlite for a replica: with the extensions that its migrations ask for, and a short log. */
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/**
 * Postgres zeroes all of it when it opens, and its own default, 128 MB, takes the browser 100 ms. What
 * is not in it comes from the file in some microseconds.
 */
const SMALL_BUFFERS = ['shared_buffers=32MB'];
/** Segments of 1 MB that are removed when a checkpoint no longer needs them: a copy carries one, and 16 MB otherwise. */
const SHORT_LOG = ['min_wal_size=2MB', 'max_wal_size=128MB', 'wal_recycle=off', 'wal_init_zero=off'];

/** @param options as PGlite takes them; without `fs` or `dataDir` it is in memory. */
export function createPGlite(options: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({
    ...options,
    extensions: { pg_trgm },
    initDbStartParams: ['--wal-segsize=1'],
    startParams: [
      ...PGlite.defaultStartParams,
      ...[...SMALL_BUFFERS, ...SHORT_LOG].flatMap((setting) => ['-c', setting]),
    ],
  });
}
