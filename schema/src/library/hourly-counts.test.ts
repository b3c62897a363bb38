import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HourlyCountRow, hourlyCountRow } from './rows.ts';

const PACKAGE = '00000000-0000-7000-8000-000000000021';
const OTHER_PACKAGE = '00000000-0000-7000-8000-000000000022';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

beforeEach(async () => {
  await database.sql.unsafe(`
    TRUNCATE projects, count_changes CASCADE;
    INSERT INTO projects (id, name, type) VALUES ('00000000-0000-7000-8000-000000000001', 'P', 'vfx');
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES
      ('${PACKAGE}', '00000000-0000-7000-8000-000000000001', 'one', 'vfx', '/one'),
      ('${OTHER_PACKAGE}', '00000000-0000-7000-8000-000000000001', 'two', 'vfx', '/two');`);
});

/** Registers aligned pictures of 10 bytes, named `0.png` and so on. */
async function addAssets(count: number): Promise<void> {
  await database.sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    SELECT gen_random_uuid(), '00000000-0000-7000-8000-000000000001', ${PACKAGE}, i || '.png', i || '.png', 'image', 'aligned', 10, now()
    FROM generate_series(0, ${count - 1}) AS i`;
}

async function hours(): Promise<HourlyCountRow[]> {
  await database.sql`SELECT add_count_changes()`;
  const rows = await database.sql`SELECT * FROM hourly_counts ORDER BY package_id, asset_type, hour`;
  return rows.map((row) => hourlyCountRow.parse(row));
}

/** Returns what the counts are now, from the hours and from the assets; hours leave out what nothing happened to. */
async function sums() {
  await database.sql`SELECT add_count_changes()`;
  const columns = `sum(asset_count) AS asset_count, sum(size_bytes) AS size_bytes, sum(approved_count) AS approved_count,
    sum(rejected_count) AS rejected_count, sum(flagged_count) AS flagged_count, sum(picked_up_count) AS picked_up_count,
    sum(problem_count) AS problem_count, sum(missing_count) AS missing_count, sum(gap_count) AS gap_count`;
  const kept = await database.sql.unsafe(`
    SELECT * FROM (SELECT package_id, asset_type, ${columns} FROM hourly_counts GROUP BY package_id, asset_type) AS summed
    WHERE size_bytes > 0 ORDER BY package_id, asset_type`);
  const counted = await database.sql`
    SELECT package_id, asset_type, count(*) FILTER (WHERE sidecar_of IS NULL) AS asset_count, sum(size_bytes) AS size_bytes,
      count(*) FILTER (WHERE sidecar_of IS NULL AND review_status = 'approved') AS approved_count,
      count(*) FILTER (WHERE sidecar_of IS NULL AND review_status = 'rejected') AS rejected_count,
      count(*) FILTER (WHERE sidecar_of IS NULL AND review_status = 'flagged') AS flagged_count,
      count(picked_up_at) FILTER (WHERE sidecar_of IS NULL) AS picked_up_count,
      count(problem) FILTER (WHERE sidecar_of IS NULL) AS problem_count,
      count(missing_since) FILTER (WHERE sidecar_of IS NULL) AS missing_count,
      count(missing_frames) FILTER (WHERE sidecar_of IS NULL) AS gap_count
    FROM assets WHERE deleted_at IS NULL GROUP BY package_id, asset_type ORDER BY package_id, asset_type`;
  return [[...kept], [...counted]];
}

test('hourly_counts: counts new assets, verdicts and what needs attention in the present hour', async () => {
  const { sql } = database;
  await addAssets(10);
  await sql`UPDATE assets SET review_status = 'approved' WHERE name < '4'`;
  await sql`UPDATE assets SET problem = 'damaged', missing_since = now(), missing_frames = '7' WHERE name = '5.png'`;
  await sql`UPDATE assets SET picked_up_at = now(), picked_up_by = 'ada' WHERE name IN ('6.png', '7.png')`;
  expect(await hours()).toEqual([
    {
      package_id: PACKAGE,
      asset_type: 'aligned',
      hour: expect.any(Date),
      asset_count: 10,
      size_bytes: 100,
      approved_count: 4,
      rejected_count: 0,
      flagged_count: 0,
      picked_up_count: 2,
      problem_count: 1,
      missing_count: 1,
      gap_count: 1,
      reviewed_count: 4,
      counted_since: null,
    },
  ]);
  const [hour] = await hours();
  expect((hour?.hour.getTime() ?? 0) % 3_600_000).toBe(0);
});

test('hourly_counts: takes a review back when it is undone, and counts a changed verdict once', async () => {
  const { sql } = database;
  await addAssets(4);
  await sql`UPDATE assets SET review_status = 'approved'`;
  await sql`UPDATE assets SET review_status = 'rejected' WHERE name = '0.png'`;
  await sql`UPDATE assets SET review_status = 'unreviewed' WHERE name IN ('1.png', '2.png')`;
  expect(await hours()).toMatchObject([{ approved_count: 1, rejected_count: 1, reviewed_count: 2 }]);
});

test('hourly_counts: leaves out deleted assets, whose reviews stay work that was done', async () => {
  const { sql } = database;
  await addAssets(3);
  await sql`UPDATE assets SET review_status = 'flagged'`;
  await sql`UPDATE assets SET deleted_at = now() WHERE name = '0.png'`;
  await sql`DELETE FROM assets WHERE name = '1.png'`;
  expect(await hours()).toMatchObject([{ asset_count: 1, size_bytes: 10, flagged_count: 1, reviewed_count: 3 }]);
  await sql`UPDATE assets SET deleted_at = NULL`;
  expect(await hours()).toMatchObject([{ asset_count: 2, size_bytes: 20, flagged_count: 2, reviewed_count: 3 }]);
});

test('hourly_counts: the sum of all hours equals a count of the assets after changes of every kind', async () => {
  const { sql } = database;
  await addAssets(40);
  for (const change of [
    `review_status = 'approved', picked_up_at = now() WHERE name > '2'`,
    `review_status = 'unreviewed', size_bytes = 11 WHERE name > '30'`,
    `asset_type = 'plate', problem = 'damaged' WHERE name < '15'`,
    `sidecar_of = 'A001' WHERE name < '11'`,
    `package_id = '${OTHER_PACKAGE}' WHERE name < '13'`,
    `deleted_at = now() WHERE name > '38'`,
    `picked_up_at = NULL, problem = NULL, review_status = 'flagged' WHERE name > '12' AND name < '22'`,
  ]) {
    await sql.unsafe(`UPDATE assets SET ${change}`);
    const [kept, counted] = await sums();
    expect(kept).toEqual(counted);
  }
  await sql`SELECT recount_assets()`;
  const [kept, counted] = await sums();
  expect(kept).toEqual(counted);
});

test('hourly_counts: updates of what is not counted leave no note', async () => {
  const { sql } = database;
  await addAssets(3);
  await hours();
  await sql`UPDATE assets SET width = 10, probe_status = 'ready', review_status = 'unreviewed'`;
  expect(await sql`SELECT FROM count_changes`).toHaveLength(0);
});

test('recount_assets: knows by the hour when assets were made, and says since when it knows the rest', async () => {
  const { sql } = database;
  await addAssets(4);
  await sql`UPDATE assets SET created_at = now() - interval '3 days' WHERE name < '2'`;
  await sql`UPDATE assets SET created_at = now() - interval '100 days' WHERE name = '2.png'`;
  await sql`UPDATE assets SET review_status = 'approved' WHERE name < '2'`;
  await sql`SELECT recount_assets()`;
  expect(await hours()).toMatchObject([
    { hour: new Date(0), asset_count: 1, approved_count: 2, reviewed_count: 0, counted_since: expect.any(Date) },
    { asset_count: 2, approved_count: 0, counted_since: null },
    { asset_count: 1, approved_count: 0, counted_since: null },
  ]);
});

test('merge_old_counts: keeps the sums, and the hours of the last 40 days', async () => {
  const { sql } = database;
  await addAssets(5);
  await sql`UPDATE assets SET review_status = 'approved' WHERE name < '3'`;
  await hours();
  await sql`UPDATE hourly_counts SET hour = hour - interval '41 days'`;
  await sql`UPDATE assets SET review_status = 'approved' WHERE name = '4.png'`;
  await hours();
  await sql`SELECT merge_old_counts()`;
  expect(await hours()).toMatchObject([
    { hour: new Date(0), asset_count: 5, approved_count: 3, reviewed_count: 3, counted_since: null },
    { asset_count: 0, approved_count: 1, reviewed_count: 1 },
  ]);
  const [kept, counted] = await sums();
  expect(kept).toEqual(counted);
});
