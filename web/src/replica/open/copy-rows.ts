/** Reads rows in binary, which takes PGlite a fraction of the time of rows as objects: docs/decisions/0029-mirror.md. */
import type { PGlite } from '@electric-sql/pglite';

/** Returns the output of `COPY (…) TO`: https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS. */
export async function copyRows(database: PGlite, statement: string): Promise<Uint8Array> {
  const { blob } = await database.query(`COPY (${statement}) TO '/dev/blob' (FORMAT binary)`);
  if (!blob) throw new Error('COPY gave no output.');
  return new Uint8Array(await blob.arrayBuffer());
}
