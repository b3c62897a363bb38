/** A PGlite database -> a replica: the library's tables, and the replica's own. */
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { type MigrationFile, migrationsFor } from '@ingesthub/schema/migrate.ts';
import { migratePGlite } from '@ingesthub/schema/migrate-pglite.ts';
import { v7 as uuid } from 'uuid';
import { NewerReplicaError } from '../replica-safety/storage-errors.ts';
import { compareVersions } from './replica-version.ts';
import { baseTablesSql } from './replicated-tables.ts';

/** The SQL that a build of the app makes a replica from. */
export interface ReplicaSql {
  /** All files of `schema/migrations/`. */
  readonly migrations: readonly MigrationFile[];
  /** `replica.sql`. */
  readonly own: string;
  /** Of the replica that they make: replica-version.ts. */
  readonly version: string;
}

export interface ReplicaIdentity {
  readonly client: string;
  /** Whether the first load is over, and the indexes are there. */
  readonly loaded: boolean;
}

/**
 * Makes the tables, or finds them made. Those of an older version of the app or of PGlite are made
 * again; the client's id and its outbox are carried over, also when that is interrupted.
 *
 * @throws NewerReplicaError when a newer version made them: nothing is touched then.
 */
export async function prepareDatabase(database: PGlite, sql: ReplicaSql): Promise<ReplicaIdentity> {
  // Foreign keys and triggers rest: rows arrive in any order, with the server's stamps. What is picked up
  // or deleted here is so by this browser's user, until the server says who that is.
  await database.exec("SET session_replication_role = replica; SET ihub.actor = 'local'");
  const { version } = sql;
  if ((await hasTable(database, 'replica.identity')) && !(await hasTable(database, 'former.identity'))) {
    // A prepared directory belongs to no client: the first to open it gives it a name.
    await database.query('UPDATE replica.identity SET client = $1 WHERE client IS NULL', [uuid()]);
    const identity = await readIdentity(database);
    if (identity.version === version) return identity;
    if (compareVersions(identity.version, version) === 'newer') throw new NewerReplicaError();
    await database.exec('ALTER SCHEMA replica RENAME TO former');
  }
  await build(database, sql, version);
  return readIdentity(database);
}

/** Ends the first load: makes the indexes that would have slowed it down. Nothing else is written or read meanwhile. */
export async function finishFirstLoad(database: PGlite, sql: ReplicaSql): Promise<void> {
  await migratePGlite(database, migrationsFor('replica', sql.migrations));
  await database.exec('UPDATE replica.identity SET loaded = true');
  await database.exec('ANALYZE');
}

/** Makes a replica that belongs to nobody yet, to be copied; also of one that has rows. */
export async function prepareForCopies(database: PGlite, sql: ReplicaSql): Promise<void> {
  await prepareDatabase(database, sql);
  await database.exec(`
    UPDATE replica.identity SET client = NULL;
    DELETE FROM replica.shapes WHERE reference LIKE 'mutations?%';
    TRUNCATE mutations;`);
  // More than half of the files of an empty one.
  await database.exec("UPDATE pg_database SET datistemplate = false WHERE datname IN ('template0', 'template1')");
  await database.exec('DROP DATABASE IF EXISTS template0');
  await database.exec('DROP DATABASE IF EXISTS template1');
  // Frozen: a copy need not write to each page that it reads for the first time.
  await database.exec('VACUUM (FREEZE, ANALYZE)');
  await database.exec('CHECKPOINT');
  // The log goes with what is copied, and what the checkpoint has made superfluous goes with the next.
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

/** What people did, may still want to take back, and chose. */
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
  if (!identity) throw new Error('The replica does not know who it is; clear this site’s data and load it again.');
  return identity;
}

async function hasTable(database: Pick<PGlite, 'query'>, name: string): Promise<boolean> {
  const { rows } = await database.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
  return rows[0]?.found === true;
}
