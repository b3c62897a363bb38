/** Tests several ingestors on one database. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
const count = 300;

beforeAll(async () => {
  library = await TestLibrary.make();
  await library.write('.ihub-root', 'nas-1\n');
  await library.pictures('crops', ...Array.from({ length: count }, (_, index) => `p${index}_x.png`));
});
afterAll(() => library[Symbol.asyncDispose]());

test('two ingestors share the work on a root, only one watches it, and each takes over from the other', async () => {
  const { sql } = library;
  const [a, b] = await Promise.all([
    library.start({ IHUB_INGESTOR: 'a' }),
    library.start({ IHUB_INGESTOR: 'b', MEDIA_ROOT_PATHS: `${library.root}:${library.base}` }),
  ]);
  await library.incoming('crops', 'proposed');
  const [watching] = await sql`
    SELECT count(*)::integer AS locks, count(DISTINCT objid)::integer AS roots FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND classid = 4711005
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  expect(watching).toEqual({ locks: 2, roots: 2 });

  const { run, package: made } = await library.ihub('ingest', 'crops', '--project', 'Demo', '--no-wait');
  const thumbnails = async () => {
    const [row] = await sql`SELECT count(*)::integer AS made FROM assets WHERE thumbnail_status = 'ready'`;
    return (row?.['made'] as number | undefined) ?? 0;
  };
  await until(async () => (await thumbnails()) > 0);
  a.kill('SIGKILL');
  await a.ended;
  // Its unfinished work is taken over once its heartbeat is missed.
  await until(async () => {
    const [row] = await sql`SELECT status FROM runs WHERE id = ${run.id}`;
    return row?.['status'] === 'done';
  });
  expect(await thumbnails()).toBe(count);
  expect((await library.assets(made.id)).length).toBe(count);

  // The remaining ingestor now watches the root.
  await library.pictures('next', 'a.png');
  await library.incoming('next', 'proposed');
  b.kill('SIGTERM');
  await b.ended;
});

test('each ingestor takes the work of its own roots, and work on unserved roots waits', async () => {
  const { sql } = library;
  await library.pictures('ours/day_1', 'a.png');
  await library.pictures('theirs/day_1', 'a.png');
  const ours = await library.start({ IHUB_INGESTOR: 'ours', MEDIA_ROOT_PATHS: library.at('ours') });
  const theirs = await library.start({ IHUB_INGESTOR: 'theirs', MEDIA_ROOT_PATHS: library.at('theirs') });
  await Promise.all([library.ingest('ours/day_1'), library.ingest('theirs/day_1')]);
  const hosts = async () =>
    (
      await sql`SELECT DISTINCT host FROM runs JOIN packages ON packages.id = package_id WHERE name = 'day_1' ORDER BY 1`
    ).map(({ host }) => host);
  expect(await hosts()).toEqual(['ours', 'theirs']);

  theirs.kill('SIGTERM');
  await theirs.ended;
  await library.pictures('theirs/day_1', 'b.png');
  const { run } = await library.ihub('ingest', 'theirs/day_1', '--project', 'Demo', '--no-wait');
  await library.ingest('ours/day_1');
  expect([...(await sql`SELECT status, host FROM runs WHERE id = ${run.id}`)]).toEqual([
    { status: 'queued', host: null },
  ]);
  ours.kill('SIGTERM');
  await ours.ended;

  await library.start({ IHUB_INGESTOR: 'theirs', MEDIA_ROOT_PATHS: library.at('theirs') });
  await until(async () => {
    const [row] = await sql`SELECT status FROM runs WHERE id = ${run.id}`;
    return row?.['status'] === 'done';
  });
});
