/**
 * A replica without a server: a test or the development page puts rows into an in-memory PGlite, and mutations are
 * applied but never confirmed.
 */

import type { PGliteOptions } from '@electric-sql/pglite';
import { type MigrationFile, migrationsFor } from '@ingesthub/schema/database/migrate.ts';
import { migratePGlite } from '@ingesthub/schema/database/migrate-pglite.ts';
import { shapes } from '@ingesthub/schema/library/shapes.ts';
import { type MutationCall, mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import { type ChangeRow, type Statement, unpackIds } from '@ingesthub/schema/mutations/mutator.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import { createMirror } from '../replica/mirror/mirror.ts';
import { createListeners } from '../replica/model/listeners.ts';
import { type AskRows, createMirroredLists } from '../replica/model/mirrored-lists.ts';
import { openingStatus } from '../replica/model/opening-status.ts';
import type { Replica, ReplicaChange, ReplicaStatus, TableChange, UndoStep } from '../replica/model/replica.ts';
import { copyRows } from '../replica/open/copy-rows.ts';
import { createPGlite } from '../replica/open/create-pglite.ts';

export interface MemoryReplica extends Replica {
  /** Like {@link Replica.ask}, with row numbers and the ids that the asker does not know. */
  readonly askRows: AskRows;
  /** Runs SQL as if rows arrived from the server, then announces a change of all tables. */
  exec(sql: string): Promise<void>;
  setStatus(change: Partial<ReplicaStatus>): void;
}

/** The calls that reverse one gesture, in the order in which to apply them. */
interface Step extends UndoStep {
  readonly name: string;
  readonly inverse: readonly MutationCall[];
}

const everything: TableChange = { packages: null, columns: null };
const everyTable: ReplicaChange = {
  tables: new Map(Object.values(shapes).map(({ table }) => [table, everything])),
};

/** The columns of the replica's own tables that the app reads. */
const outbox = `
  CREATE SCHEMA replica;
  CREATE TABLE replica.outbox (
    position bigint GENERATED ALWAYS AS IDENTITY, id uuid, name text, args json, label text,
    created_at timestamptz DEFAULT now(), acknowledged_lsn bigint, error_code text
  );
  CREATE TABLE replica.undo_parts (
    position bigint GENERATED ALWAYS AS IDENTITY, step uuid, state text, label text, mutation uuid, inverse json
  );`;

export interface MemoryReplicaOptions {
  /** Stays in its first load, without the indexes that are created afterwards. */
  readonly loading?: boolean;
  /** Passed to PGlite. */
  readonly pglite?: PGliteOptions;
}

/** @param load SQL that inserts the first rows, run before the indexes are created. */
export async function createMemoryReplica(
  migrations: readonly MigrationFile[],
  load = '',
  { loading = false, pglite = {} }: MemoryReplicaOptions = {},
): Promise<MemoryReplica> {
  const database = await createPGlite(pglite);
  const files = migrationsFor('replica', migrations);
  await migratePGlite(
    database,
    files.filter(({ name }) => !name.endsWith('after_load.replica.sql')),
  );
  await database.exec('SET session_replication_role = replica');
  await database.exec(load);
  await database.exec(outbox);
  if (!loading) {
    await migratePGlite(database, files);
    await database.exec('ANALYZE');
  }

  const changes = createListeners<ReplicaChange>();
  const statuses = createListeners<ReplicaStatus>();
  const mirror = createMirror({ copy: (statement) => copyRows(database, statement), onChange: changes.listen });
  const undoable: Step[] = [];
  const redoable: Step[] = [];
  let status: ReplicaStatus = {
    ...openingStatus,
    phase: loading ? 'loading' : 'ready',
    online: true,
    upToDateAt: loading ? null : new Date(),
  };

  function setStatus(change: Partial<ReplicaStatus>): void {
    status = { ...status, ...change };
    statuses.tell(status);
  }

  /** @returns the ids that the call changed, and the calls that reverse it. */
  async function apply(
    call: MutationCall,
    label: string | null,
  ): Promise<{ changedIds: string[]; inverse: MutationCall[] }> {
    const mutator = mutatorOf(call.name);
    const { text, values } = mutator.statement(call.args, call.args.ids);
    const { rows } = await database.query<ChangeRow>(text, [...values]);
    await database.query('INSERT INTO replica.outbox (id, name, args, label) VALUES ($1, $2, $3::text::json, $4)', [
      crypto.randomUUID(),
      call.name,
      JSON.stringify(call.args),
      label,
    ]);
    const columns = mutator.columns(call.args);
    setStatus({ unsent: status.unsent + 1, unsentRows: status.unsentRows + call.args.ids.length });
    changes.tell({ tables: new Map([[mutator.table, { packages: null, columns: columns && new Set(columns) }]]) });
    return {
      changedIds: [...new Set(rows.flatMap((row) => unpackIds(row.ids)))],
      inverse: rows.map((row) => mutator.inverse(call.args, row.former, unpackIds(row.ids))),
    };
  }

  function tellSteps(): void {
    setStatus({ undo: undoable.at(-1) ?? null, redo: redoable.at(-1) ?? null });
  }

  /** Reverses the latest step of one list and pushes its inverse onto the other. */
  async function takeBack(from: Step[], to: Step[]): Promise<UndoStep | null> {
    const step = from.pop();
    if (!step) return null;
    const inverse: MutationCall[] = [];
    for (const call of step.inverse) inverse.unshift(...(await apply(call, step.label)).inverse);
    to.push({ ...step, inverse });
    tellSteps();
    return { label: step.label };
  }

  return {
    query: async <Row extends object>(statement: Statement) =>
      (await database.query<Row>(statement.text, [...statement.values])).rows,
    ask: createMirroredLists(mirror.ask),
    askRows: mirror.ask,
    onChange: changes.listen,
    async mutate(name, args, options = {}) {
      const call = { name, args: mutationArgs[name].parse(args) } as MutationCall;
      const { changedIds, inverse } = await apply(call, options.label ?? null);
      const last = undoable.at(-1);
      if (last && options.step !== undefined && last.name === options.step) {
        undoable[undoable.length - 1] = { ...last, inverse: [...inverse, ...last.inverse] };
      } else if (inverse.length > 0) {
        undoable.push({ name: options.step ?? crypto.randomUUID(), label: options.label ?? null, inverse });
      }
      redoable.length = 0;
      tellSteps();
      return { changedIds };
    },
    undo: () => takeBack(undoable, redoable),
    redo: () => takeBack(redoable, undoable),
    retryRejected: (id) => withoutRejected(id),
    discardRejected: (id) => withoutRejected(id),
    needMetadata: async () => {},
    prefer: async () => {},
    async chooseProject(projectId, choice) {
      const state = choice === 'unfollowed' ? 'absent' : 'here';
      const project = { choice, state, assetCount: null, sizeBytes: null, loadedAssets: 0 } as const;
      setStatus({ projects: new Map([...status.projects, [projectId, project]]) });
    },
    audit: async () => ({ at: new Date(), compared: 0, skipped: 0, repairedRows: 0, unrepaired: [] }),
    status: () => status,
    onStatus: statuses.listen,
    async close() {
      mirror.close();
      await database.close();
    },
    async exec(sql) {
      await database.exec(sql);
      changes.tell(everyTable);
    },
    setStatus,
  };

  async function withoutRejected(id: string): Promise<void> {
    setStatus({ rejected: status.rejected.filter((mutation) => mutation.id !== id) });
  }
}
