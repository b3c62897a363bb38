/**
 * A replica without a server: rows that a test or the development page puts into an in-memory PGlite,
 * mutations that are applied and never confirmed.
 */
import { PGlite } from '@electric-sql/pglite';
import { type MigrationFile, migrate, migrationsFor } from '@ingesthub/schema/migrate.ts';
import { type MutationName, mutationArgs } from '@ingesthub/schema/mutations.ts';
import { mutatorStatement, type Statement } from '@ingesthub/schema/mutators.ts';
import { openingStatus } from '../replica/opening-status.ts';
import type { Replica, ReplicaChange, ReplicaStatus } from '../replica/replica.ts';

export interface MemoryReplica extends Replica {
  /** Runs SQL as if rows arrived from the server, then says that all tables changed. */
  exec(sql: string): Promise<void>;
  setStatus(change: Partial<ReplicaStatus>): void;
}

const everyTable: ReplicaChange = {
  tables: new Set(['projects', 'subjects', 'packages', 'packages_subjects', 'assets', 'runs']),
};

export async function createMemoryReplica(migrations: readonly MigrationFile[]): Promise<MemoryReplica> {
  const database = await PGlite.create();
  const connection = {
    exec: (sql: string) => database.exec(sql),
    query: async (sql: string, values: unknown[]) =>
      (await database.query<{ name: string; sql: string }>(sql, values)).rows,
  };
  await migrate(connection, migrationsFor('replica', migrations));
  await database.exec('SET session_replication_role = replica');

  const changeListeners = new Set<(change: ReplicaChange) => void>();
  const statusListeners = new Set<(status: ReplicaStatus) => void>();
  let status: ReplicaStatus = { ...openingStatus, phase: 'ready', online: true, upToDateAt: new Date() };

  function announce(change: ReplicaChange): void {
    for (const listener of changeListeners) listener(change);
  }
  function setStatus(change: Partial<ReplicaStatus>): void {
    status = { ...status, ...change };
    for (const listener of statusListeners) listener(status);
  }
  function listen<Value>(listeners: Set<Value>, listener: Value): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  async function apply<Name extends MutationName>(name: Name, args: unknown): Promise<{ changedIds: string[] }> {
    const mutation = { id: crypto.randomUUID(), name, args: mutationArgs[name].parse(args) };
    const { text, values } = mutatorStatement(mutation as Parameters<typeof mutatorStatement>[0]);
    const { rows } = await database.query<{ id: string }>(text, [...values]);
    setStatus({ unsent: status.unsent + 1 });
    announce({ tables: new Set(['assets']) });
    return { changedIds: rows.map((row) => row.id) };
  }

  return {
    query: async <Row extends object>(statement: Statement) =>
      (await database.query<Row>(statement.text, [...statement.values])).rows,
    onChange: (listener) => listen(changeListeners, listener),
    mutate: apply,
    status: () => status,
    onStatus: (listener) => listen(statusListeners, listener),
    async discardRejected(id) {
      setStatus({ rejected: status.rejected.filter((mutation) => mutation.id !== id) });
    },
    close: () => database.close(),
    async exec(sql) {
      await database.exec(sql);
      announce(everyTable);
    },
    setStatus,
  };
}
