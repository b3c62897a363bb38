/** The one way to make a PGlite for a replica: with the extensions that its migrations ask for. */
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/** @param options as PGlite takes them; without `fs` or `dataDir` it is in memory. */
export function createPGlite(options: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({ ...options, extensions: { pg_trgm } });
}
