/** Creates every PGlite that holds a replica, with the extensions that the migrations need and a short log. */
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/**
 * Postgres zeroes its buffers on opening; its default of 128 MB takes the browser 100 ms. A page outside
 * the buffers is read from the file in a few microseconds.
 */
const SMALL_BUFFERS = ['shared_buffers=32MB'];
/** 1 MB segments, removed once a checkpoint no longer needs them: a copy carries 1 MB of log instead of 16 MB. */
const SHORT_LOG = ['min_wal_size=2MB', 'max_wal_size=128MB', 'wal_recycle=off', 'wal_init_zero=off'];

/** @param options passed to PGlite; without `fs` or `dataDir` the database is in memory. */
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
