/** Turns a PGlite database into a replica: the library's tables, and the replica's own. */
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { type MigrationFile, migrationsFor } from '@ingesthub/schema/database/migrate.ts';
import { migratePGlite } from '@ingesthub/schema/database/migrate-pglite.ts';
import { v7 as uuid } from 'uuid';
import { baseTablesSql } from '../model/replicated-tables.ts';
import { NewerReplicaError } from '../storage/storage-errors.ts';
import { compareVersions } from './replica-version.ts';

/** The SQL from which a build of the app creates a replica. */
export interface ReplicaSql {
  /** All files of `schema/migrations/`. */
  readonly migrations: readonly MigrationFile[];
  /** `replica.sql`. */
  readonly own: string;
  /** The version of the resulting replica: replica-version.ts. */
  readonly version: string;
}

export interface ReplicaIdentity {
  readonly client: string;
  /** Whether the first load is over and the indexes exist. */
  readonly loaded: boolean;
}

/**
 * Creates the tables, or uses the existing ones. Tables of an older version of the app or of PGlite are
 * recreated; the client's id and outbox are carried over, even across an interruption.
 *
 * @throws NewerReplicaError when a newer version created the tables; nothing has changed then.
 */
export async function prepareDatabase(database: PGlite, sql: ReplicaSql): Promise<ReplicaIdentity> {
  // Disables foreign keys and triggers: rows arrive in any order, with the server's stamps. Assets picked up or
  // deleted here carry the actor 'local' until the server supplies the user's name.
  await database.exec("SET session_replication_role = replica; SET ihub.actor = 'local'");
  const { version } = sql;
  if ((await hasTable(database, 'replica.identity')) && !(await hasTable(database, 'former.identity'))) {
    // A prepared directory belongs to no client: the first browser to open it assigns the id.
    await database.query('UPDATE replica.identity SET client = $1 WHERE client IS NULL', [uuid()]);
    const identity = await readIdentity(database);
    if (identity.version === version) return identity;
    if (compareVersions(identity.version, version) === 'newer') throw new NewerReplicaError();
    await database.exec('ALTER SCHEMA replica RENAME TO former');
  }
  await build(database, sql, version);
  return readIdentity(database);
}

/** Ends the first load by creating the indexes that would have slowed it down. Blocks reads and writes meanwhile. */
export async function finishFirstLoad(database: PGlite, sql: ReplicaSql): Promise<void> {
  await migratePGlite(database, migrationsFor('replica', sql.migrations));
  await database.exec('UPDATE replica.identity SET loaded = true');
  await database.exec('ANALYZE');
}

/** Prepares a replica, empty or filled, for copying: it belongs to no client afterwards. */
export async function prepareForCopies(database: PGlite, sql: ReplicaSql): Promise<void> {
  await prepareDatabase(database, sql);
  await database.exec(`
    UPDATE replica.identity SET client = NULL;
    DELETE FROM replica.shapes WHERE reference LIKE 'mutations?%';
    TRUNCATE mutations;`);
  // The template databases are more than half of an empty replica's files.
  await database.exec("UPDATE pg_database SET datistemplate = false WHERE datname IN ('template0', 'template1')");
  await database.exec('DROP DATABASE IF EXISTS template0');
  await database.exec('DROP DATABASE IF EXISTS template1');
  // Freezing saves a copy from writing to each page on the first read.
  await database.exec('VACUUM (FREEZE, ANALYZE)');
  await database.exec('CHECKPOINT');
  // The copy includes the log: switching segments lets the second checkpoint remove the one no longer needed.
  await database.exec('SELECT pg_switch_wal()');
  await database.exec('CHECKPOINT');
}

async function build(database: PGlite, sql: ReplicaSql, version: string): Promise<void> {
  await database.exec(`
    DROP SCHEMA IF EXISTS replica CASCADE;
    DROP SCHEMA public CASCADE;
    CREATE SCHEMA public;`);
  await migratePGlite(
    database,
    migrationsFor('replica', sql.migrations).filter(({ name }) => !name.endsWith('after_load.replica.sql')),
  );
  await database.transaction(async (tx) => {
    await tx.exec(sql.own);
    await tx.exec(baseTablesSql);
    if (await hasTable(tx, 'former.identity')) await carryOver(tx, version);
    else await tx.query('INSERT INTO replica.identity (client, version) VALUES ($1, $2)', [uuid(), version]);
  });
  await database.exec('CHECKPOINT');
}

/** Carries over the client's id, unconfirmed and rejected mutations, undo steps and project choices. */
async function carryOver(tx: Transaction, version: string): Promise<void> {
  // These columns are the same in every version.
  const columns = 'id, name, args, created_at, shapes, error_code, error_message';
  await tx.query('INSERT INTO replica.identity (client, version) SELECT client, $1 FROM former.identity', [version]);
  await tx.exec(`
    INSERT INTO replica.outbox (${columns}, changed_ids) SELECT ${columns}, '' FROM former.outbox ORDER BY position`);
  if (await hasTable(tx, 'former.undo_parts')) {
    const parts = 'step, state, label, mutation, inverse';
    await tx.exec(`INSERT INTO replica.undo_parts (${parts}) SELECT ${parts} FROM former.undo_parts ORDER BY position`);
  }
  if (await hasTable(tx, 'former.working_set')) {
    const said = 'project_id, choice, opened_at';
    await tx.exec(`INSERT INTO replica.working_set (${said}) SELECT ${said} FROM former.working_set`);
  }
  await tx.exec('DROP SCHEMA former CASCADE');
}

async function readIdentity(database: PGlite): Promise<ReplicaIdentity & { version: string }> {
  const { rows } = await database.query<ReplicaIdentity & { version: string }>(
    'SELECT client, version, loaded FROM replica.identity',
  );
  const [identity] = rows;
  if (!identity) throw new Error('This device’s copy has no client id. Clear this site’s data and reload the page.');
  return identity;
}

async function hasTable(database: Pick<PGlite, 'query'>, name: string): Promise<boolean> {
  const { rows } = await database.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
  return rows[0]?.found === true;
}
