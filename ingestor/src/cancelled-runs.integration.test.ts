/** Cancelling a run leaves its package and files as they were before. */
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
let packageId: string;

beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_WATCH: 'off' });
  const daemon = await library.start();
  await library.pictures('day', 'good.png');
  await library.write('day/broken.png', 'not a picture');
  packageId = await library.ingest('day');
  // The next daemon has no room for derivatives, so its work stays pending.
  await daemon[Symbol.asyncDispose]();
  await library.start({ IHUB_MIN_FREE_GB: '1000000' });
});
afterAll(() => library[Symbol.asyncDispose]());

async function begin(options: Record<string, unknown>): Promise<string> {
  const run = uuid();
  await library.sql`
    INSERT INTO runs (id, project_id, package_id, options)
    SELECT ${run}, project_id, id, ${library.sql.json(options as Record<string, never>)} FROM packages
    WHERE id = ${packageId}`;
  await become(run, 'processing');
  return run;
}

async function become(run: string, status: string): Promise<void> {
  await until(async () => {
    const [row] = await library.sql`SELECT status FROM runs WHERE id = ${run}`;
    return row?.['status'] === status;
  });
}

async function cancel(run: string): Promise<void> {
  await library.sql`UPDATE runs SET held = 'cancelled' WHERE id = ${run}`;
  await become(run, 'cancelled');
}

async function states() {
  return library.sql`
    SELECT relative_path, probe_status, thumbnail_status, problem FROM assets
    WHERE package_id = ${packageId} ORDER BY relative_path`;
}

async function retryBroken(): Promise<string> {
  const [broken] = await library.assets(packageId);
  return begin({ asset_ids: [broken?.id ?? ''] });
}

test('keeps a ready package ready, and its files’ problems, when a retry is cancelled', async () => {
  const before = await states();
  expect(before[0]).toMatchObject({ relative_path: 'broken.png', probe_status: 'failed' });
  const run = await retryBroken();
  expect((await states())[0]).toMatchObject({ probe_status: 'pending', problem: null });
  await cancel(run);
  expect(await states()).toEqual(before);
  expect(await library.package(packageId)).toMatchObject({ status: 'ready', problem: null });
  const [row] = await library.sql`SELECT problem FROM runs WHERE id = ${run}`;
  expect(row?.['problem']).toBe('The retry was cancelled. The failed files are as they were before.');
});

test('keeps the problem of a failed ingest when a retry is cancelled', async () => {
  await library.sql`UPDATE packages SET status = 'error', problem = 'The drive was away.' WHERE id = ${packageId}`;
  await cancel(await retryBroken());
  expect(await library.package(packageId)).toMatchObject({ status: 'error', problem: 'The drive was away.' });
  await library.sql`UPDATE packages SET status = 'ready', problem = NULL WHERE id = ${packageId}`;
});

test('continues a later retry of the same file when an earlier one is cancelled, and can cancel both', async () => {
  const before = await states();
  const [first, second] = [await retryBroken(), await retryBroken()];
  await cancel(first);
  expect((await states())[0]).toMatchObject({ probe_status: 'pending', problem: null });
  expect(await library.package(packageId)).toMatchObject({ status: 'processing' });
  await cancel(second);
  expect(await states()).toEqual(before);
  expect(await library.package(packageId)).toMatchObject({ status: 'ready' });
});

test('does not restore the problem of a file that changed during the run', async () => {
  const run = await retryBroken();
  await library.sql`UPDATE assets SET size_bytes = size_bytes + 1 WHERE relative_path = 'broken.png'`;
  await cancel(run);
  expect((await states())[0]).toMatchObject({ probe_status: 'pending', problem: null });
  await library.sql`
    UPDATE assets SET size_bytes = size_bytes - 1, probe_status = 'failed', thumbnail_status = 'failed', problem = 'damaged'
    WHERE relative_path = 'broken.png'`;
});

test('reports an ingest that is cancelled before all files are done', async () => {
  const run = await begin({ force: true });
  await cancel(run);
  expect(await library.package(packageId)).toMatchObject({
    status: 'error',
    problem: 'The ingest was cancelled. Ingest the package again to continue.',
  });
});
