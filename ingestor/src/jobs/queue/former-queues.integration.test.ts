import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { transaction } from '../../sql/client.ts';
import { QUEUES } from './job-kinds.ts';
import { enqueueAssets, openQueues, queueName } from './job-queues.ts';

test('migrateServer: moves jobs of the former kind `movie` to the queue of videos, in their state and order', async () => {
  await using database = await createTestDatabase();
  const { sql } = database;
  const boss = await openQueues(database.url, ['root'], () => {});
  const queue = queueName('video', 'root');
  const former = queue.replace('video', 'movie');
  await boss.createQueue(former, QUEUES.video);
  const [packageId, later, first] = [uuid(), uuid(), uuid()];
  await transaction(sql, async (session) => {
    await enqueueAssets(boss, session, { kind: 'video', rootId: 'root' }, packageId, [later]);
    await enqueueAssets(boss, session, { kind: 'video', rootId: 'root', priority: 100 }, packageId, [first]);
  });
  await sql`UPDATE pgboss.job SET name = ${former} WHERE name = ${queue}`;
  await sql`DELETE FROM pgboss.queue WHERE name = ${queue}`;
  const [started] = await boss.fetch(former);
  expect(started?.data).toMatchObject({ assetIds: [first] });
  await boss.stop();

  await sql`DELETE FROM migrations WHERE name = '0092_video_jobs.server.sql'`;
  expect(await migrateServer(sql)).toEqual(['0092_video_jobs.server.sql']);

  const now = await openQueues(database.url, ['root'], () => {});
  await now.fail(queue, started?.id ?? '');
  expect(await sql`SELECT name, state, data->'assetIds'->>0 AS asset FROM pgboss.job ORDER BY priority`).toEqual([
    { name: queue, state: 'created', asset: later },
    { name: queue, state: 'retry', asset: first },
  ]);
  expect(await now.fetch(queue)).toMatchObject([{ data: { assetIds: [later] } }]);
  expect(await sql`SELECT FROM pgboss.queue WHERE name LIKE 'movie.%'`).toHaveLength(0);
  await now.stop();
});
