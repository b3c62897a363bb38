/** Work that fails again and again is given up, with the reason of its last failure. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enqueueAssets, openQueues, queueName } from './jobs/queue/job-queues.ts';
import { transaction } from './sql/client.ts';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_WATCH: 'off' });
});
afterAll(() => library[Symbol.asyncDispose]());

test('an asset whose job fails for the last time has the reason in its problem', async () => {
  await using first = await library.start();
  await library.pictures('day', 'a.png');
  const packageId = await library.ingest('day');
  await first[Symbol.asyncDispose]();
  const { sql, database } = library;
  const [asset] = await library.assets(packageId);
  await sql`UPDATE assets SET thumbnail_status = 'pending', thumbnail_key = NULL WHERE id = ${asset?.id ?? ''}`;
  const [root] = await sql<{ id: string }[]>`SELECT id FROM media_roots`;
  const rootId = root?.id ?? '';
  const boss = await openQueues(database.url, [rootId], () => {});
  await transaction(sql, (session) =>
    enqueueAssets(boss, session, { kind: 'still', rootId }, packageId, [asset?.id ?? '']),
  );
  await sql`UPDATE pgboss.job SET retry_limit = 0`;
  const queue = queueName('still', rootId);
  const [job] = await boss.fetch(queue);
  await boss.fail(queue, job?.id ?? '', { message: 'RangeError: an offset\n  is too large' });
  await boss.stop();

  await library.start();
  await until(async () => (await library.assets(packageId))[0]?.thumbnail === 'failed');
  const [row] = await sql<{ problem: string }[]>`SELECT problem FROM assets WHERE id = ${asset?.id ?? ''}`;
  expect(row?.problem).toBe(
    'This asset was given up after many attempts. Fix the cause, then retry it. Last error: RangeError: an offset is too large',
  );
});
