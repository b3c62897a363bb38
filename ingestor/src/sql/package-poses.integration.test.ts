import { randomUUID } from 'node:crypto';
import { faceTakes } from '@ingesthub/fixtures/face-takes.ts';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { poseColumns } from '../media/face/pose-convention.ts';
import type { RawPose } from '../media/face/raw-pose.ts';
import { type TransactionSql, transaction } from './client.ts';
import { recountPoses, weighPoses } from './package-poses.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const DEGREES = faceTakes(4, 20).flatMap(({ frames }) =>
  frames.map(({ pose }): RawPose => [pose.pitch, pose.yaw, pose.roll]),
);
const RADIANS = DEGREES.map((pose) => pose.map((angle) => (angle * Math.PI) / 180) as RawPose);
const UNKNOWN = { pitch: null, yaw: null, roll: null };

async function makePackage(): Promise<string> {
  const [project, made] = [randomUUID(), randomUUID()];
  await database.sql`INSERT INTO projects (id, name, type) VALUES (${project}, ${project}, 'vfx')`;
  await database.sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (${made}, ${project}, ${made}, 'vfx', ${`/media/${made}`})`;
  return made;
}

/** Writes a chunk of crops like an ingest does. */
async function write(packageId: string, poses: readonly RawPose[]): Promise<string[]> {
  return transaction(database.sql, async (sql) => {
    const convention = await weighPoses(sql, packageId, poses);
    const ids: string[] = [];
    for (const pose of poses) {
      const face = { carrier: 'fcWp', pose_raw: pose, ...(convention && { pose_convention: convention }) };
      ids.push(await insert(sql, packageId, { face }, poseColumns(pose, convention)));
    }
    return ids;
  });
}

async function insert(sql: TransactionSql, packageId: string, details: unknown, columns: object): Promise<string> {
  const id = randomUUID();
  const [{ project_id } = { project_id: '' }] = await sql`SELECT project_id FROM packages WHERE id = ${packageId}`;
  const file = { relative_path: `${id}.png`, name: `${id}.png`, file_type: 'image', asset_type: 'aligned' };
  const row = { id, package_id: packageId, project_id, ...file, size_bytes: 1, modified_at: new Date(0), ...columns };
  await sql`INSERT INTO assets ${sql(row)}`;
  await sql`
    INSERT INTO asset_metadata (asset_id, package_id, details)
    VALUES (${id}, ${packageId}, ${JSON.stringify(details)}::text::jsonb)`;
  return id;
}

async function read(packageId: string) {
  return database.sql`
    SELECT
      (details #> '{face,pose_raw}') AS raw, details #>> '{face,pose_convention}' AS convention, pitch, yaw, roll
    FROM assets JOIN asset_metadata ON asset_id = assets.id
    WHERE assets.package_id = ${packageId}`;
}

async function expectColumns(packageId: string, convention: 'degrees' | 'radians' | null): Promise<void> {
  const rows = await read(packageId);
  for (const { raw, convention: told, pitch, yaw, roll } of rows) {
    const expected = poseColumns(raw, convention);
    expect(told).toBe(convention);
    for (const [angle, value] of Object.entries({ pitch, yaw, roll })) {
      const wanted = expected[angle as keyof typeof expected];
      if (wanted === null) expect(value).toBeNull();
      else expect(Math.abs(value - wanted)).toBeLessThan(0.0011);
    }
  }
}

test('weighPoses leaves columns empty until the convention is clear, then fills them all', async () => {
  const made = await makePackage();
  await write(made, RADIANS.slice(0, 10));
  await expectColumns(made, null);
  expect(await read(made)).toMatchObject(Array.from({ length: 10 }, () => UNKNOWN));
  await write(made, RADIANS.slice(10, 20));
  await expectColumns(made, 'radians');
  await write(made, RADIANS.slice(20));
  await expectColumns(made, 'radians');
});

test('weighPoses rewrites the columns when later poses contradict the earlier ones', async () => {
  const made = await makePackage();
  const ahead = Array.from({ length: 32 }, (_, index): RawPose => [index / 20, -index / 30, 0.5]);
  await write(made, ahead);
  await expectColumns(made, 'radians');
  await write(made, [...DEGREES, [360, -270, 180], [-180, 181, -359.5]]);
  await expectColumns(made, 'degrees');
});

test('weighPoses serialises ingestors, so that all columns follow the last verdict', async () => {
  const made = await makePackage();
  const random = seededRandom(6);
  const poses = [...Array.from({ length: 60 }, (): RawPose => [random.between(-1, 1), 0.5, 0]), ...DEGREES];
  const chunks = Array.from({ length: 14 }, (_, index) => poses.slice(index * 10, index * 10 + 10));
  await Promise.all(chunks.toSorted(() => random.next() - 0.5).map((chunk) => write(made, chunk)));
  expect(await read(made)).toHaveLength(140);
  await expectColumns(made, 'degrees');
});

test('recountPoses counts each stored pose once', async () => {
  const made = await makePackage();
  const gone = await write(made, DEGREES);
  await write(made, RADIANS);
  await database.sql`DELETE FROM assets WHERE id = ANY (${gone}::uuid[])`;
  expect(await transaction(database.sql, (sql) => recountPoses(sql, made))).toBe('radians');
  await expectColumns(made, 'radians');
  expect(await database.sql`SELECT pose_count, beyond_count FROM package_poses WHERE package_id = ${made}`).toEqual([
    { pose_count: RADIANS.length, beyond_count: 0 },
  ]);
  await database.sql`DELETE FROM assets WHERE package_id = ${made}`;
  expect(await transaction(database.sql, (sql) => recountPoses(sql, made))).toBeNull();
  expect(await transaction(database.sql, (sql) => recountPoses(sql, randomUUID()))).toBeNull();
});

test('recountPoses counts like poseEvidence', async () => {
  const made = await makePackage();
  const odd: RawPose[] = [
    [Math.PI, 0, 0],
    [0, 0, -Math.PI],
    [2.5, 0, 0],
    [0, 3.2, 0],
    [1.9, -1.93, 0],
  ];
  await write(made, odd);
  const counts = () => database.sql`SELECT * FROM package_poses WHERE package_id = ${made}`;
  const [before] = await counts();
  await transaction(database.sql, (sql) => recountPoses(sql, made));
  expect(await counts()).toEqual([before]);
});
