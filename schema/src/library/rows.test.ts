import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { correctionKind } from './corrections.ts';
import * as rows from './rows.ts';
import { shapes } from './shapes.ts';
import * as vocabulary from './vocabulary.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const relations: Record<string, z.ZodObject> = {
  ...Object.fromEntries(Object.values(shapes).map(({ table, row }) => [table, row])),
  // Tables with columns that browsers do not get, and those that no browser follows.
  packages: rows.storedPackageRow,
  folders: rows.storedFolderRow,
  assets: rows.storedAssetRow,
  asset_frames: rows.assetFramesRow,
  merged_assets: rows.mergedAssetRow,
  runs: rows.storedRunRow,
  retried_failures: rows.retriedFailureRow,
  follow_checks: rows.followCheckRow,
  incoming: rows.storedIncomingRow,
  media_roots: rows.mediaRootRow,
  wanted: rows.wantedRow,
  forgotten_files: rows.forgottenFileRow,
  former_files: rows.formerFileRow,
  analysis_answers: rows.analysisAnswerRow,
  package_poses: rows.packagePosesRow,
  dataset_links: rows.datasetLinkRow,
  stale_links: rows.staleLinkRow,
  count_changes: rows.countChangeRow,
  mutations: rows.storedMutationRow,
  ingestors: rows.ingestorRow,
  package_summaries: rows.packageSummaryRow,
  subject_summaries: rows.subjectSummaryRow,
};
const views = ['package_summaries', 'subject_summaries'];

test('every table and view has a row schema, and every row schema has a table or view', async () => {
  const found = await database.sql`
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name <> 'migrations'`;
  expect(found.map((row) => row['table_name']).toSorted()).toEqual(Object.keys(relations).toSorted());
});

test.each(Object.entries(relations))(
  '%s: the row schema has the same columns and is nullable exactly where the column is',
  async (table, row) => {
    const columns = await database.sql<{ column_name: string; is_nullable: 'YES' | 'NO' }[]>`
    SELECT column_name, is_nullable FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table}`;
    expect(Object.keys(row.shape).toSorted()).toEqual(columns.map((column) => column.column_name).toSorted());
    if (views.includes(table)) return;
    for (const column of columns) {
      const schema = row.shape[column.column_name] as z.ZodType;
      // Parsing null would not tell: coercing schemas turn it into a value.
      const takesNull = schema.type === 'nullable' || schema.type === 'unknown';
      expect(`${column.column_name} ${takesNull}`).toBe(`${column.column_name} ${column.is_nullable === 'YES'}`);
    }
  },
);

test.each([
  ['projects', 'type', vocabulary.packageType],
  ['packages', 'type', vocabulary.packageType],
  ['packages', 'status', vocabulary.packageStatus],
  ['assets', 'file_type', vocabulary.fileType],
  ['assets', 'asset_type', vocabulary.assetType],
  ['assets', 'probe_status', vocabulary.workStatus],
  ['assets', 'thumbnail_status', vocabulary.workStatus],
  ['assets', 'proxy_status', vocabulary.workStatus],
  ['assets', 'review_status', vocabulary.reviewStatus],
  ['runs', 'status', vocabulary.runStatus],
  ['runs', 'held', vocabulary.runHold],
  ['incoming', 'status', vocabulary.incomingStatus],
  ['incoming', 'decision', vocabulary.incomingDecision],
  ['mutations', 'status', vocabulary.mutationStatus],
  ['corrections', 'kind', correctionKind],
] as const)('%s.%s: the database check allows exactly the words of the enum', async (table, column, words) => {
  const [check] = await database.sql<{ definition: string }[]>`
    SELECT pg_get_constraintdef(pg_constraint.oid) AS definition FROM pg_constraint
    WHERE conrelid = ${table}::regclass AND conname = ${`${table}_${column}_check`}`;
  const allowed = [...(check?.definition ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1]);
  expect(allowed.toSorted()).toEqual([...words.options].toSorted());
});

test('a row with only its required columns parses', async () => {
  const { sql } = database;
  const [project] = await sql`INSERT INTO projects (id, name, type) VALUES (gen_random_uuid(), 'P', 'vfx') RETURNING *`;
  const projectId = rows.projectRow.parse(project).id;
  const [found] = await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (gen_random_uuid(), ${projectId}, 'K', 'vfx', '/media/k') RETURNING *`;
  const packageId = rows.packageRow.parse(found).id;
  const [asset] = await sql`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, inode)
    VALUES (gen_random_uuid(), ${projectId}, ${packageId}, 'a.png', 'a.png', 'image', 'aligned', 5000000000, now(), -1) RETURNING *`;
  expect(rows.storedAssetRow.parse(asset)).toMatchObject({ size_bytes: 5_000_000_000, inode: -1n, folder: 1 });
  const [summary] = await sql`SELECT * FROM package_summaries`;
  expect(rows.packageSummaryRow.parse(summary)).toMatchObject({
    asset_count: 1,
    image_count: 1,
    size_bytes: 5_000_000_000,
  });
});

test('the summaries leave out deleted assets and those in a deleted package or project', async () => {
  const { sql } = database;
  const [project] = await sql`INSERT INTO projects (id, name, type) VALUES (gen_random_uuid(), 'S', 'vfx') RETURNING *`;
  const projectId = rows.projectRow.parse(project).id;
  const [subject] = await sql`
    INSERT INTO subjects (id, project_id, name) VALUES (gen_random_uuid(), ${projectId}, 'jane') RETURNING *`;
  const subjectId = rows.subjectRow.parse(subject).id;
  for (const name of ['one', 'two']) {
    const [made] = await sql`
      INSERT INTO packages (id, project_id, subject_id, name, type, source_path)
      VALUES (gen_random_uuid(), ${projectId}, ${subjectId}, ${name}, 'vfx', ${`/media/${name}`}) RETURNING *`;
    await sql`
      INSERT INTO assets (id, project_id, package_id, subject_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
      SELECT gen_random_uuid(), ${projectId}, ${rows.packageRow.parse(made).id}, ${subjectId}, file, file, 'image', 'aligned', 1, now()
      FROM unnest(ARRAY['a.png', 'b.png']) AS file`;
  }
  const counts = async () => {
    const [summary] = await sql`SELECT * FROM subject_summaries WHERE project_id = ${projectId}`;
    const [total] = await sql<{ assets: number }[]>`
      SELECT coalesce(sum(asset_count), 0)::integer AS assets FROM package_summaries WHERE project_id = ${projectId}`;
    const { asset_count, package_count } = rows.subjectSummaryRow.nullable().parse(summary ?? null) ?? {};
    return [package_count, asset_count, total?.assets];
  };
  expect(await counts()).toEqual([2, 4, 4]);
  await sql`UPDATE assets SET deleted_at = now() WHERE project_id = ${projectId} AND name = 'a.png'`;
  expect(await counts()).toEqual([2, 2, 2]);
  await sql`UPDATE packages SET deleted_at = now() WHERE project_id = ${projectId} AND name = 'one'`;
  expect(await counts()).toEqual([1, 1, 1]);
  await sql`UPDATE projects SET deleted_at = now() WHERE id = ${projectId}`;
  expect(await counts()).toEqual([undefined, undefined, 0]);
});

test('updated_at and updated_by are set by the server, whatever the writer sends', async () => {
  const { sql } = database;
  const row = await sql.begin(async (tx) => {
    await tx`SELECT set_config('ihub.actor', 'ada', true)`;
    const [inserted] = await tx`
      INSERT INTO projects (id, name, type, updated_at, updated_by)
      VALUES (gen_random_uuid(), 'Stamped', 'vfx', '2001-01-01', 'mallory') RETURNING *`;
    return rows.projectRow.parse(inserted);
  });
  expect(row.updated_by).toBe('ada');
  expect(row.updated_at.getFullYear()).toBeGreaterThan(2020);
});
