/** Runs that people pause, cancel and retry, and assets that people look at first. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestLibrary } from './testing/library.ts';
import { makeWithFfmpeg } from './testing/media-files.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_WATCH: 'off' });
  await library.start();
});
afterAll(() => library[Symbol.asyncDispose]());

/** Makes many small files with different bytes. */
async function manyPictures(folder: string, count: number): Promise<void> {
  await library.pictures(folder, 'p00000.png');
  const bytes = await readFile(library.at(folder, 'p00000.png'));
  for (let index = 1; index < count; index += 1) {
    const name = `p${String(index).padStart(5, '0')}_x.png`;
    await writeFile(library.at(folder, name), bytes);
    // Decoders ignore bytes after the picture's end.
    await appendFile(library.at(folder, name), String(index));
  }
}

async function begin(folder: string): Promise<{ run: string; packageId: string }> {
  const { run, package: made } = await library.ihub('ingest', folder, '--project', 'Demo', '--no-wait');
  return { run: run.id, packageId: made.id };
}

async function hold(run: string, held: 'paused' | 'cancelled' | null): Promise<void> {
  await library.sql`UPDATE runs SET held = ${held} WHERE id = ${run}`;
}

async function counts(packageId: string): Promise<{ registered: number; pending: number; done: number }> {
  const [row] = await library.sql<{ registered: number; pending: number; done: number }[]>`
    SELECT
      count(*)::integer AS registered,
      count(*) FILTER (WHERE thumbnail_status = 'pending')::integer AS pending,
      count(*) FILTER (WHERE thumbnail_status = 'ready')::integer AS done
    FROM assets WHERE package_id = ${packageId}`;
  return row ?? { registered: 0, pending: 0, done: 0 };
}

async function runRow(run: string) {
  const [row] = await library.sql`SELECT status, held, problem FROM runs WHERE id = ${run}`;
  return row;
}

/** Waits until no job is active, and returns the package's progress. */
async function still(packageId: string) {
  await until(async () => {
    const [row] = await library.sql`SELECT count(*)::integer AS active FROM pgboss.job WHERE state = 'active'`;
    return row?.['active'] === 0;
  });
  return counts(packageId);
}

test('pausing a run during its scan and its work stops it, and resuming continues without loss', async () => {
  const [pictures, notes] = [400, 2600];
  const count = pictures + notes;
  await manyPictures('paused', pictures);
  // Notes sort first, and are only registered.
  for (let index = 0; index < notes; index += 1) await library.write(`paused/a${index}_note.txt`, '');
  const { run, packageId } = await begin('paused');
  await until(async () => (await counts(packageId)).registered > 0);
  await hold(run, 'paused');
  await until(async () => (await runRow(run))?.['status'] === 'queued');
  const first = await still(packageId);
  expect(first.registered).toBeLessThan(count);
  // Other work continues in the meantime, but not that of the paused run.
  await library.pictures('meanwhile', 'a.png');
  await library.ingest('meanwhile');
  expect(await counts(packageId)).toEqual(first);

  await hold(run, null);
  await until(
    async () => (await counts(packageId)).registered === count && (await counts(packageId)).done > first.done,
  );
  await hold(run, 'paused');
  await until(async () => (await runRow(run))?.['status'] === 'queued');
  const second = await still(packageId);
  expect(second.pending).toBeGreaterThan(0);
  await library.ingest('meanwhile');
  expect(await counts(packageId)).toEqual(second);

  await hold(run, null);
  await until(async () => (await runRow(run))?.['status'] === 'done');
  expect(await counts(packageId)).toEqual({ registered: count, pending: 0, done: pictures });
  expect(await library.package(packageId)).toMatchObject({ status: 'ready' });
});

test('cancelling a run ends a proxy in progress and is reported, and a new run makes the proxy', async () => {
  await makeWithFfmpeg(
    library.at('long/clip.mov'),
    '-f lavfi -i testsrc=size=1280x720:rate=24:duration=12 -c:v mjpeg -q:v 20',
  );
  const { run, packageId } = await begin('long');
  await until(async () => {
    const [row] = await library.sql`
      SELECT count(*)::integer AS active FROM pgboss.job WHERE state = 'active' AND name LIKE 'video.%'`;
    return row?.['active'] > 0;
  });
  await hold(run, 'cancelled');
  await until(async () => (await runRow(run))?.['status'] === 'cancelled');
  await still(packageId);
  expect(await library.package(packageId)).toMatchObject({
    status: 'error',
    problem: 'The ingest was cancelled. Ingest the package again to continue.',
  });
  const [asset] =
    await library.sql`SELECT probe_status, proxy_status, problem FROM assets WHERE package_id = ${packageId}`;
  expect(asset).toEqual({ probe_status: 'ready', proxy_status: 'pending', problem: null });
  await library.ingest('long');
  const [made] = await library.sql`SELECT proxy_status, problem FROM assets WHERE package_id = ${packageId}`;
  expect(made).toEqual({ proxy_status: 'ready', problem: null });
  expect(await library.package(packageId)).toMatchObject({ status: 'ready', problem: null });
});

test('a run for selected assets retries those of them that failed, and no others', async () => {
  await library.write('retry/broken_a.png', 'not a picture');
  await library.write('retry/broken_b.png', 'not a picture');
  const packageId = await library.ingest('retry');
  const failed = async () =>
    (await library.assets(packageId)).filter(({ probe }) => probe === 'failed').map(({ path }) => path);
  expect(await failed()).toEqual(['broken_a.png', 'broken_b.png']);
  const [asset] = await library.assets(packageId);
  // Simulates an asset that an older ingestor could not read.
  await library.sql`UPDATE assets SET probe_status = 'failed', problem = 'no reader' WHERE package_id = ${packageId}`;
  const run = uuid();
  await library.sql`
    INSERT INTO runs (id, project_id, package_id, options)
    SELECT ${run}, project_id, id, ${library.sql.json({ asset_ids: [asset?.id ?? ''] })} FROM packages
    WHERE id = ${packageId}`;
  await until(async () => (await runRow(run))?.['status'] === 'done');
  const problems = await library.sql`SELECT problem FROM assets WHERE package_id = ${packageId} ORDER BY relative_path`;
  expect(problems[0]?.['problem']).toMatch(/damaged/);
  expect(problems[1]?.['problem']).toBe('no reader');
});

test('assets that people look at come before thousands of others', async () => {
  const count = 1200;
  await manyPictures('wanted', count);
  const { run, packageId } = await begin('wanted');
  await until(async () => (await counts(packageId)).registered === count);
  const wanted = await library.sql<{ id: string }[]>`
    SELECT id FROM assets WHERE package_id = ${packageId} ORDER BY relative_path COLLATE "C" DESC LIMIT 60`;
  const ids = wanted.map(({ id }) => id);
  await library.sql`INSERT INTO wanted (asset_id) SELECT unnest(${ids}::uuid[])`;
  await until(async () => (await runRow(run))?.['status'] === 'done');
  const [row] = await library.sql<{ place: number }[]>`
    WITH placed AS (
      SELECT id, row_number() OVER (ORDER BY updated_at) AS place FROM assets WHERE package_id = ${packageId}
    )
    SELECT max(place)::integer AS place FROM placed WHERE id = ANY (${ids}::uuid[])`;
  expect(row?.place).toBeLessThan(count / 2);
  expect((await library.sql`SELECT FROM wanted`).length).toBe(0);
});

test('a package with a paused run is not worked on by other runs', async () => {
  await library.pictures('twice', 'a.png', 'b.png');
  const packageId = await library.ingest('twice');
  const [first, second] = [uuid(), uuid()];
  await library.sql`UPDATE assets SET thumbnail_status = 'pending' WHERE package_id = ${packageId}`;
  for (const [run, held] of [
    [first, 'paused'],
    [second, null],
  ] as const) {
    await library.sql`
      INSERT INTO runs (id, project_id, package_id, held) SELECT ${run}, project_id, id, ${held} FROM packages
      WHERE id = ${packageId}`;
  }
  await until(async () => (await runRow(second))?.['status'] === 'processing');
  await library.ingest('meanwhile');
  expect(await counts(packageId)).toMatchObject({ pending: 2 });
  await hold(first, null);
  await until(
    async () => (await runRow(first))?.['status'] === 'done' && (await runRow(second))?.['status'] === 'done',
  );
  expect(await counts(packageId)).toMatchObject({ pending: 0, done: 2 });
});
