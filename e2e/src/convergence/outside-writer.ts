/**
 * Writes straight into Postgres, as processes other than clients do: the ingestor's registering and probing, and
 * the purge of rows deleted long ago. Each write is one transaction, which also records what the model needs to
 * replay it.
 */
import type { SeededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import type { Sql, TransactionSql } from 'postgres';
import { v7 as uuid } from 'uuid';
import { libraryState, stateSql, type WatchedTable } from './library-state.ts';
import type { OutsideWrite } from './model.ts';

const OUTSIDE_WRITES = {
  'assets are probed': probe,
  'assets are registered': register,
  'assets are missing': miss,
  'files are renamed': rename,
  'a run advances': advanceRun,
  'folders are found': findFolders,
  'a folder becomes a package': ingestFolder,
  'assets are tagged by their folder': tag,
  'a package has subjects': connectSubjects,
  'a project is added': addProject,
  'a project is removed': removeProjects,
  'deleted rows are purged': purge,
} satisfies Record<string, (tx: TransactionSql, random: SeededRandom) => Promise<OutsideWrite>>;
export type OutsideWriteName = keyof typeof OUTSIDE_WRITES;

const MOST_PROJECTS = 5;
/** Postgres advises running a deadlocked transaction again. */
const DEADLOCK = '40P01';
/** A referenced row was purged, or the name is taken. */
const IN_VAIN = new Set(['23503', '23505']);

export async function createOutsideWriter(sql: Sql): Promise<void> {
  await sql`CREATE TABLE outside_writes (number serial PRIMARY KEY, what jsonb NOT NULL, began timestamptz NOT NULL DEFAULT now())`;
}

export async function writeOutside(sql: Sql, random: SeededRandom, name: OutsideWriteName): Promise<void> {
  for (;;) {
    try {
      await sql.begin(async (tx) => {
        // Makes Postgres' random() deterministic.
        await tx`SELECT setseed(${random.next()})`;
        const what = await OUTSIDE_WRITES[name](tx, random);
        await tx`INSERT INTO outside_writes (what) VALUES (${tx.json(what as never)})`;
      });
      return;
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (IN_VAIN.has(code)) return;
      if (code !== DEADLOCK) throw error;
    }
  }
}

/** Picks and locks random rows, in the same order as the mutators lock them. */
async function some(tx: TransactionSql, table: string, most: number): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    SELECT id FROM ${tx(table)} WHERE id IN (SELECT id FROM ${tx(table)} ORDER BY random() LIMIT ${most})
    ORDER BY id FOR NO KEY UPDATE`;
  return idsOf(rows);
}

async function probe(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const ids = await some(tx, 'assets', random.whole(1, 12));
  const known = random.next() < 0.7;
  await tx`
    UPDATE assets SET probe_status = ${known ? 'ready' : 'failed'}, width = ${random.whole(1, 4000)}, height = 512,
      duration_seconds = ${known ? random.between(0, 100) : null}, yaw = ${known ? random.between(-90, 90) : null},
      pitch = ${known ? random.between(-60, 60) : null}, sharpness = ${random.next()},
      problem = ${known ? null : 'The file cannot be read.'}, thumbnail_key = ${`${uuid()}.jpg`},
      placeholder = ${Buffer.from([random.whole(0, 255), 0, 255])}
    WHERE id = ANY (${ids}::uuid[])`;
  await tx`
    INSERT INTO asset_metadata (asset_id, package_id, codec, sample_rate)
    SELECT id, package_id, ${`codec ${random.whole(1, 9)}`}, ${random.whole(1, 48_000)} FROM assets WHERE id = ANY (${ids}::uuid[])
    ON CONFLICT (asset_id) DO UPDATE SET codec = excluded.codec, sample_rate = excluded.sample_rate`;
  return {};
}

async function register(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const [id] = await some(tx, 'packages', 1);
  return id === undefined ? {} : { inserted: await insertAssets(tx, random, id) };
}

async function insertAssets(tx: TransactionSql, random: SeededRandom, packageId: string): Promise<[string, string][]> {
  const ids = Array.from({ length: random.whole(1, 5) }, () => uuid());
  const folder = random.pick(['', 'plate/', 'plate/sh010/', 'Ä b/']);
  await tx`
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at, camera)
    SELECT asset, project_id, packages.id, ${folder} || asset || '.png', asset || '.png', 'image', 'plate',
      ${random.whole(0, 1e9)}, now(), ${random.pick(['cam_a', null])}
    FROM packages, unnest(${ids}::uuid[]) AS asset WHERE packages.id = ${packageId}`;
  return fieldsOf(tx, ids);
}

async function miss(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const ids = await some(tx, 'assets', random.whole(1, 5));
  await tx`UPDATE assets SET missing_since = ${random.next() < 0.5 ? null : new Date()} WHERE id = ANY (${ids}::uuid[])`;
  return {};
}

async function rename(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const ids = await some(tx, 'assets', random.whole(1, 5));
  const folder = random.pick(['', 'moved/', 'moved/again/']);
  await tx`
    UPDATE assets SET relative_path = ${folder} || id || ${`.${random.whole(1, 9)}.png`}, name = id || ${'.renamed.png'}
    WHERE id = ANY (${ids}::uuid[])`;
  return {};
}

async function advanceRun(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const [packageId] = await some(tx, 'packages', 1);
  if (packageId === undefined) return {};
  const status = random.pick(['queued', 'processing', 'ready', 'error']);
  await tx`
    UPDATE packages SET status = ${status}, problem = ${status === 'error' ? 'The folder is gone.' : null},
      proposal = ${tx.json({ source: 'rules', confidence: random.next(), signals: {}, evidence: ['one'] })}
    WHERE id = ${packageId}`;
  const runStatus = random.pick(['scanning', 'processing', 'processing', 'done', 'cancelled']);
  const advanced = await tx<{ id: string }[]>`
    UPDATE runs SET files_found = files_found + 1, status = ${runStatus} WHERE package_id = ${packageId} RETURNING id`;
  if (advanced.length > 0) return { inserted: await fieldsOf(tx, idsOf(advanced)) };
  const id = uuid();
  await tx`INSERT INTO runs (id, project_id, package_id) SELECT ${id}, project_id, id FROM packages WHERE id = ${packageId}`;
  return { inserted: await fieldsOf(tx, [id]) };
}

async function findFolders(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const ids = Array.from({ length: random.whole(1, 2) }, () => uuid());
  await tx`
    INSERT INTO incoming (id, source_path, name, status, file_count)
    SELECT id, '/mnt/in/' || id, 'DAY ' || id, 'proposed', ${random.whole(1, 900)} FROM unnest(${ids}::uuid[]) AS id`;
  return { inserted: await fieldsOf(tx, ids) };
}

async function ingestFolder(tx: TransactionSql): Promise<OutsideWrite> {
  const [packageId] = await some(tx, 'packages', 1);
  const ids = await some(tx, 'incoming', 1);
  await tx`UPDATE incoming SET status = 'ingested', package_id = ${packageId ?? null} WHERE id = ANY (${ids}::uuid[])`;
  return { inserted: await fieldsOf(tx, ids) };
}

async function tag(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const ids = await some(tx, 'assets', random.whole(1, 6));
  const name = random.pick(['hero', 'æther', 'from the folder']);
  await tx`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT id, ${name}, package_id, project_id FROM assets WHERE id = ANY (${ids}::uuid[]) ORDER BY id
    ON CONFLICT DO NOTHING`;
  return { tagged: ids.map((id) => [id, name]) };
}

async function connectSubjects(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  if (random.next() < 0.4)
    await tx`DELETE FROM packages_subjects WHERE subject_id IN (SELECT subject_id FROM packages_subjects LIMIT 1)`;
  else
    await tx`
      INSERT INTO packages_subjects (package_id, subject_id, project_id)
      SELECT packages.id, subjects.id, subjects.project_id FROM packages JOIN subjects USING (project_id) ORDER BY random() LIMIT 2
      ON CONFLICT DO NOTHING`;
  return {};
}

async function addProject(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const [project, packageId, subject] = [uuid(), uuid(), uuid()];
  await tx`INSERT INTO projects (id, name, type) VALUES (${project}, ${`Project ${project}`}, 'vfx')`;
  await tx`INSERT INTO subjects (id, project_id, name) VALUES (${subject}, ${project}, 'JANE')`;
  await tx`
    INSERT INTO packages (id, project_id, name, type, source_path, subject_id)
    VALUES (${packageId}, ${project}, 'Delivery', 'vfx', ${`/mnt/${packageId}`}, ${subject})`;
  const assets = await insertAssets(tx, random, packageId);
  return { inserted: [...(await fieldsOf(tx, [project, packageId, subject])), ...assets] };
}

/** Limits the number of projects to what three clients can follow in a test. */
async function removeProjects(tx: TransactionSql): Promise<OutsideWrite> {
  const rows = await tx<{ id: string }[]>`
    DELETE FROM projects WHERE id IN (SELECT id FROM projects ORDER BY random() OFFSET ${MOST_PROJECTS}) RETURNING id`;
  return { purged: { table: 'projects', ids: idsOf(rows) } };
}

/** Removes deleted rows permanently. */
async function purge(tx: TransactionSql, random: SeededRandom): Promise<OutsideWrite> {
  const table = random.pick<WatchedTable>(['assets', 'assets', 'packages', 'subjects', 'saved_filters', 'projects']);
  const rows = await tx<{ id: string }[]>`
    DELETE FROM ${tx(table)}
    WHERE deleted_at IS NOT NULL
      AND id IN (SELECT id FROM ${tx(table)} WHERE deleted_at IS NOT NULL ORDER BY random() LIMIT ${table === 'assets' ? 3 : 1})
    RETURNING id`;
  return { purged: { table, ids: idsOf(rows) } };
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

async function fieldsOf(tx: TransactionSql, ids: readonly string[]): Promise<[string, string][]> {
  const rows = await tx.unsafe<{ field: string; value: string }[]>(
    `SELECT field, value FROM (${stateSql}) AS state WHERE split_part(field, ' ', 2) = ANY ($1)`,
    [ids as string[]],
  );
  return [...libraryState(rows)];
}
