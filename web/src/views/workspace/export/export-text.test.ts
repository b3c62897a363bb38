import { readMigrations } from '@ingesthub/schema/database/migrate-server.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryReplica, type MemoryReplica } from '../../../testing/memory-replica.ts';
import { PACKAGE_ID, seedAssets, seedLibrary } from '../../../testing/seed.ts';
import { exportText } from './export-text.ts';

let replica: MemoryReplica;
let ids: string[];
beforeAll(async () => {
  const assets = Array.from({ length: 2500 }, (_, index) => ({
    relative_path: `aligned/face_${String(index).padStart(5, '0')}.png`,
    tags: index % 2 === 0 ? ['hero'] : [],
  }));
  replica = await createMemoryReplica(await readMigrations(), seedLibrary + seedAssets(assets));
  const rows = await replica.query<{ id: string }>({
    text: 'SELECT id FROM assets WHERE package_id = $1 ORDER BY name DESC',
    values: [PACKAGE_ID],
  });
  ids = rows.map(({ id }) => id);
});
afterAll(() => replica.close());

const place = (path: string) => path;
const never = new AbortController().signal;

test('exportText: writes all assets in the order of the list, window by window', async () => {
  const progress: number[] = [];
  const made = await exportText(replica, ids, {
    format: 'csv',
    place,
    pasteable: false,
    signal: never,
    onProgress: (done) => progress.push(done),
  });
  const lines = (await new Blob([...made.parts]).text()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(2501);
  expect(lines[1]).toContain('/mnt/nas/northlight/delivery_03/aligned/face_02499.png');
  expect(lines[2500]).toContain('face_00000.png');
  expect(made).toMatchObject({ rows: 2500, gone: 0, leftOut: 0 });
  expect(progress).toEqual([1000, 2000, 2500]);
});

test('exportText: makes an rsync list relative to the package’s folder', async () => {
  const made = await exportText(replica, ids.slice(-2), {
    format: 'rsync',
    place,
    pasteable: false,
    signal: never,
    onProgress: () => {},
  });
  expect(made.folder).toBe('/mnt/nas/northlight/delivery_03');
  expect(await new Blob([...made.parts]).text()).toBe('aligned/face_00001.png\naligned/face_00000.png\n');
});

test('exportText: counts assets that are gone', async () => {
  const unknown = '01900000-0000-7000-8000-ffffffffffff';
  const made = await exportText(replica, [unknown, ...ids.slice(0, 1)], {
    format: 'json',
    place,
    pasteable: false,
    signal: never,
    onProgress: () => {},
  });
  expect(made).toMatchObject({ rows: 1, gone: 1 });
  expect(JSON.parse(await new Blob([...made.parts]).text())).toHaveLength(1);
});

test('exportText: ends when it is cancelled', async () => {
  const cancel = new AbortController();
  const work = exportText(replica, ids, {
    format: 'csv',
    place,
    pasteable: false,
    signal: cancel.signal,
    onProgress: () => cancel.abort(),
  });
  await expect(work).rejects.toThrow(/abort/i);
});
