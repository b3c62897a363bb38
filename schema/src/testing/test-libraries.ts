/** The same small library in a central Postgres and in a replica, for tests. */
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { migrationsFor } from '../database/migrate.ts';
import { migratePGlite } from '../database/migrate-pglite.ts';
import { readMigrations } from '../database/migrate-server.ts';
import type { Statement } from '../mutations/mutator.ts';
import { quickPGlite } from './quick-pglite.ts';

type Row = Record<string, unknown>;

export interface TestLibraries extends AsyncDisposable {
  /** Runs a statement on both sides. @returns the rows of the server, then of the replica. */
  run(statement: Statement): Promise<[server: Row[], replica: Row[]]>;
}

/** Ids of the library's rows, the same in every database. */
export const ids = {
  project: '00000000-0000-7000-8000-000000000001',
  otherProject: '00000000-0000-7000-8000-000000000002',
  ada: '00000000-0000-7000-8000-000000000011',
  ben: '00000000-0000-7000-8000-000000000012',
  /** In the other project. */
  stranger: '00000000-0000-7000-8000-000000000013',
  package: '00000000-0000-7000-8000-000000000021',
  savedFilter: '00000000-0000-7000-8000-000000000031',
  /** Approved, aligned, subject Ada, tagged `hero`. */
  first: '00000000-0000-7000-8000-000000000041',
  /** Unreviewed, plate, no subject, picked up. */
  second: '00000000-0000-7000-8000-000000000042',
  /** Unreviewed, aligned, subject Ada, tagged `hero` and `keep`, deleted. */
  third: '00000000-0000-7000-8000-000000000043',
  /** In progress. */
  run: '00000000-0000-7000-8000-000000000061',
  endedRun: '00000000-0000-7000-8000-000000000062',
  incoming: '00000000-0000-7000-8000-000000000071',
  /** The folder that became the package. */
  ingested: '00000000-0000-7000-8000-000000000072',
  correction: '00000000-0000-7000-8000-000000000081',
  /** Not created yet. */
  made: '00000000-0000-7000-8000-000000000051',
} as const;

/** @param path the column for the full path, which a replica does not have. */
const library = (path: { column: string; value: string }) => `
  INSERT INTO projects (id, name, type, client, tags) VALUES
    ('${ids.project}', 'Meridian', 'vfx', 'Bluefin', '{feature}'), ('${ids.otherProject}', 'Saltwater', 'atman', NULL, '{}');
  INSERT INTO subjects (id, project_id, name) VALUES
    ('${ids.ada}', '${ids.project}', 'ada'), ('${ids.ben}', '${ids.project}', 'ben'),
    ('${ids.stranger}', '${ids.otherProject}', 'stranger');
  INSERT INTO packages (id, project_id, subject_id, name, type, source_path) VALUES
    ('${ids.package}', '${ids.project}', '${ids.ada}', 'delivery_01', 'vfx', '/media/delivery_01');
  INSERT INTO runs (id, project_id, package_id, status) VALUES
    ('${ids.run}', '${ids.project}', '${ids.package}', 'processing'),
    ('${ids.endedRun}', '${ids.project}', '${ids.package}', 'done');
  INSERT INTO incoming (id, source_path, name, status, package_id) VALUES
    ('${ids.incoming}', '/media/day_3', 'day_3', 'proposed', NULL),
    ('${ids.ingested}', '/media/delivery_01', 'delivery_01', 'ingested', '${ids.package}');
  INSERT INTO saved_filters (id, name, address) VALUES ('${ids.savedFilter}', 'Heroes', '/packages?tag=hero');
  INSERT INTO corrections (id, project_id, kind, name, value) VALUES
    ('${ids.correction}', '${ids.project}', 'person', 'JD', 'Jane');
  INSERT INTO assets (
    id, project_id, package_id, subject_id, name, file_type, asset_type, size_bytes, modified_at, review_status,
    picked_up_at, deleted_at, folder${path.column}
  )
  SELECT id::uuid, '${ids.project}', '${ids.package}', subject_id::uuid, name, 'image', asset_type, 1, now(), review_status,
    picked_up_at::timestamptz, deleted_at::timestamptz, 1${path.value}
  FROM (VALUES
    ('${ids.first}', '${ids.ada}', 'a.png', 'aligned', 'approved', NULL, NULL),
    ('${ids.second}', NULL, 'b.png', 'plate', 'unreviewed', '2025-01-01', NULL),
    ('${ids.third}', '${ids.ada}', 'c.png', 'aligned', 'unreviewed', NULL, '2025-01-01')
  ) AS asset (id, subject_id, name, asset_type, review_status, picked_up_at, deleted_at);
  INSERT INTO asset_tags (asset_id, tag, package_id, project_id) VALUES
    ('${ids.first}', 'hero', '${ids.package}', '${ids.project}'), ('${ids.third}', 'hero', '${ids.package}', '${ids.project}'),
    ('${ids.third}', 'keep', '${ids.package}', '${ids.project}');`;

export async function createTestLibraries(): Promise<TestLibraries> {
  const database = await createTestDatabase();
  const server = await database.sql.reserve();
  await server.unsafe(library({ column: ', relative_path', value: ', name' })).simple();

  const replica = await PGlite.create({ ...(await quickPGlite()), extensions: { pg_trgm } });
  await migratePGlite(replica, migrationsFor('replica', await readMigrations()));
  await replica.exec(`SET session_replication_role = replica; ${library({ column: '', value: '' })}`);
  return {
    async run({ text, values }) {
      const answered = await server.unsafe<Row[]>(text, values as never[]);
      return [[...answered], (await replica.query<Row>(text, [...values])).rows];
    },
    async [Symbol.asyncDispose]() {
      server.release();
      await replica.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
