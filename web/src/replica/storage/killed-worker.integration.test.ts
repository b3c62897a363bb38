/** A browser ends a worker at any moment, as on a reload: what it had written by then is all that the next one finds. */
import type { PGlite } from '@electric-sql/pglite';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { expect, test } from 'vitest';
import { memoryFile } from '../mirror/testing/memory-file.ts';
import { createPGlite } from '../open/create-pglite.ts';
import { seeded } from '../testing/seeded.ts';
import { PackedFiles } from './packed-files.ts';
import type { SyncFile } from './sync-file.ts';

const LIVES = 6;
const TABLES = ['rows', 'tags', 'marks'];

type Files = readonly [contents: SyncFile, even: SyncFile, odd: SyncFile];

function copyOf(file: SyncFile): SyncFile {
  const bytes = new Uint8Array(file.getSize());
  file.read(bytes, { at: 0 });
  const copy = memoryFile();
  copy.write(bytes, { at: 0 });
  return copy;
}

/** Calls back before each change of a file. */
function watched(file: SyncFile, before: () => void): SyncFile {
  return {
    ...file,
    write(buffer, options) {
      before();
      return file.write(buffer, options);
    },
    truncate(size) {
      before();
      file.truncate(size);
    },
    flush() {
      before();
      file.flush();
    },
  };
}

const packed = ([contents, even, odd]: Files, durable: boolean) =>
  new PackedFiles({ contents, logs: [even, odd], durable });

/** Reads every row by its table and by its index. */
async function readAll(database: PGlite): Promise<void> {
  for (const table of TABLES) {
    const counts: unknown[] = [];
    for (const off of ['seqscan', 'indexscan']) {
      await database.exec(`SET enable_bitmapscan = off; SET enable_${off} = off`);
      const { rows } = await database.query(
        `SELECT count(md5(row::text))::integer AS n FROM ${table} AS row WHERE n >= 0`,
      );
      counts.push(rows[0]);
      await database.exec('RESET ALL');
    }
    expect(counts[0], table).toEqual(counts[1]);
  }
}

test.each([1])(
  'PackedFiles: a worker ended at any write loses no commit and damages no page, seed %d',
  async (seed) => {
    const random = seeded(seed);
    const below = (count: number) => Math.floor(random() * count);
    let files: Files = [memoryFile(), memoryFile(), memoryFile()];
    const made = packed(files, false);
    const empty = await quickPGlite();
    const first = await createPGlite({ ...empty, fs: made });
    // Later openings find a database.
    const { loadDataDir: _empty, ...programs } = empty;
    await first.exec(`
    CREATE TABLE rows (n integer PRIMARY KEY, filler text);
    CREATE TABLE tags (n integer, tag text, PRIMARY KEY (n, tag));
    CREATE TABLE marks (n integer PRIMARY KEY);
    INSERT INTO rows SELECT n, repeat('x', 300) FROM generate_series(1, 4000) AS n;
    CREATE INDEX ON rows (filler, n); CHECKPOINT`);
    made.becomeDurable();
    await first.close();

    let mark = 0;
    for (let life = 0; life < LIVES; life++) {
      let left = 100 + below(4000);
      let found: Files | null = null;
      let committed = mark;
      let then = mark;
      const live = files;
      const tick = () => {
        if (found !== null || --left > 0) return;
        found = live.map(copyOf) as unknown as Files;
        then = committed;
      };
      const database = await createPGlite({
        ...programs,
        fs: packed(live.map((file) => watched(file, tick)) as unknown as Files, true),
      });
      while (found === null) {
        mark++;
        const [start, count] = [below(4000), [10, 300, 2000][below(3)] ?? 10];
        await database.transaction(async (tx) => {
          await tx.query('INSERT INTO marks VALUES ($1)', [mark]);
          const change = [
            `INSERT INTO tags SELECT n, 'tag${below(5)}' FROM rows WHERE n >= ${start} LIMIT ${count} ON CONFLICT DO NOTHING`,
            `DELETE FROM tags WHERE tag = 'tag${below(5)}'`,
            `UPDATE rows SET filler = '${mark}' || filler WHERE n BETWEEN ${start} AND ${start + count}`,
            `INSERT INTO rows SELECT n + ${mark} * 10000, filler FROM rows WHERE n <= 4000 LIMIT ${count}`,
            `DELETE FROM rows WHERE n > 4000 AND n % 3 = 0`,
            `CREATE TEMP TABLE arrived ON COMMIT DROP AS SELECT * FROM rows LIMIT ${count}`,
          ][below(6)] as string;
          await tx.exec(change);
        });
        await database.syncToFs();
        committed = mark;
        if (below(6) === 0) await database.exec('CHECKPOINT');
        if (below(8) === 0) await database.exec('VACUUM rows, tags');
      }
      await database.close();
      files = found;
      const after = await createPGlite({ ...programs, fs: packed(files, true) });
      const { rows } = await after.query<{ last: number }>('SELECT coalesce(max(n), 0) AS last FROM marks');
      expect(rows[0]?.last, `life ${life}`).toBeGreaterThanOrEqual(then);
      await readAll(after);
      mark = rows[0]?.last ?? 0;
      // The check is ended without a close, too.
      files = files.map(copyOf) as unknown as Files;
    }
  },
);
