/**
 * Everything that writes to a replica, one transaction after the other: what the shapes bring, the
 * user's mutations, and the settling of those.
 */
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { WireError } from '@ingesthub/schema/errors.ts';
import { type Mutation, type MutationName, mutationArgs } from '@ingesthub/schema/mutations.ts';
import { mutatorStatement } from '@ingesthub/schema/mutators.ts';
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/shapes.ts';
import {
  acknowledgePending,
  changedIdsOf,
  deleteFromOutbox,
  insertPending,
  type PendingMutation,
  pendingMutation,
  readPending,
  readRejected,
  rejectPending,
  wireErrorOf,
} from '../outbox/outbox-rows.ts';
import { dropBase, keepBase, rebase } from '../outbox/rebase.ts';
import { isConfirmed } from '../outbox/settled.ts';
import type { RejectedMutation } from './replica.ts';
import { partitionOf, type ReplicatedTables } from './replicated-tables.ts';
import { batchLsn, referenceText, type ShapeBatch } from './shape-batch.ts';
import { newShape, readShapeStates, type ShapeState, writeShapeState } from './shape-states.ts';
import { writeBatch } from './write-batch.ts';

export interface Writer {
  /** How far each shape is that was ever followed and not dropped. */
  readonly shapes: ReadonlyMap<string, ShapeState>;
  /** Mutations that the server has not confirmed, in their order. */
  readonly pending: readonly PendingMutation[];
  readonly rejected: readonly RejectedMutation[];

  /** Applies what shapes brought, all of it or nothing, and settles the mutations that it confirms. */
  apply(batches: readonly ShapeBatch[]): Promise<void>;
  /** The server asked to fetch a shape again: its rows stay until the new ones are complete. */
  refetch(reference: ShapeReference): Promise<void>;
  /** Deletes a shape's rows and what is known of it. */
  drop(reference: ShapeReference): Promise<void>;
  /** Applies a mutation and queues it; an id that was queued before changes nothing. @throws ZodError */
  mutate(id: string, name: MutationName, args: unknown): Promise<{ changedIds: string[] }>;
  /** Takes back what the server refused; what follows stays. */
  reject(errors: ReadonlyMap<string, WireError>): Promise<void>;
  discardRejected(id: string): Promise<void>;
  /** Resolves when no transaction is under way. */
  idle(): Promise<void>;
}

/** What a transaction of the writer makes of its state, once it is committed. */
interface Draft {
  readonly shapes: Map<string, ShapeState>;
  pending: PendingMutation[];
  /** Tables of the library whose rows changed. */
  readonly changed: Set<string>;
  changedRows: number;
  rejectedChanged: boolean;
}

/** @param onCommit called after each commit, with the tables of the library whose rows changed, and about how many did. */
export async function createWriter(
  database: PGlite,
  tables: ReplicatedTables,
  onCommit: (changedTables: ReadonlySet<string>, changedRows: number) => void,
): Promise<Writer> {
  let shapeStates: ReadonlyMap<string, ShapeState> = await readShapeStates(database);
  let pending: readonly PendingMutation[] = await readPending(database);
  let rejected: readonly RejectedMutation[] = await readRejected(database);
  let last: Promise<unknown> = Promise.resolve();

  /** Runs one transaction after all before it, and takes over its draft when it is on the disk. */
  function commit<Result>(work: (tx: Transaction, draft: Draft) => Promise<Result>): Promise<Result> {
    const done = last.then(async () => {
      const draft: Draft = {
        shapes: new Map(shapeStates),
        pending: [...pending],
        changed: new Set(),
        changedRows: 0,
        rejectedChanged: false,
      };
      const result = await database.transaction((tx) => work(tx, draft));
      shapeStates = draft.shapes;
      pending = draft.pending;
      if (draft.rejectedChanged) rejected = await readRejected(database);
      // PGlite does not flush its files after a transaction. Within runExclusive no other flush is under
      // way, which this one would take for its own.
      await database.runExclusive(() => database.syncToFs());
      onCommit(draft.changed, draft.changedRows);
      return result;
    });
    last = done.catch(() => {});
    return done;
  }

  async function applyBatch(
    tx: Transaction,
    batch: ShapeBatch,
    draft: Draft,
    options: { touched: ReadonlySet<string>; mayCopy: boolean },
  ): Promise<string[]> {
    const reference = referenceText(batch);
    const state = draft.shapes.get(reference) ?? newShape;
    const loading = state.lsn === null;
    const snapshotRows = batch.changes.filter((change) => change.lsn === null).length;
    const rebased = await writeBatch(tx, batch, {
      tables,
      state,
      touched: options.touched,
      copy: options.mayCopy && loading && !state.refetching && snapshotRows === batch.changes.length,
    });
    const lsn = batchLsn(batch);
    const next: ShapeState = {
      offset: batch.offset,
      handle: batch.handle,
      lsn: lsn === null || (loading && batch.upToDateLsn === null) ? state.lsn : lsn,
      upToDateAt: batch.upToDateLsn === null ? state.upToDateAt : new Date(),
      loadedRows: state.loadedRows + (loading && !state.refetching ? snapshotRows : 0),
      refetching: state.refetching && batch.upToDateLsn === null,
    };
    await writeShapeState(tx, reference, next);
    draft.shapes.set(reference, next);
    draft.changedRows += batch.changes.length;
    if (batch.changes.length > 0 || state.refetching) draft.changed.add(shapes[batch.reference.name].table);
    if (batch.reference.name === 'mutations') await acknowledge(tx, batch, draft);
    return rebased;
  }

  /** Notes which mutations the server says it has applied, and in which transaction. */
  async function acknowledge(tx: Transaction, batch: ShapeBatch, draft: Draft): Promise<void> {
    const lsns = new Map(batch.changes.map((change) => [change.value['id'], change.lsn]));
    const waiting = draft.pending.filter((mutation) => mutation.acknowledgedLsn === null);
    if (waiting.length === 0) return;
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM public.mutations WHERE id = ANY ($1::uuid[]) AND status = 'applied'`,
      [waiting.map(({ mutation }) => mutation.id)],
    );
    for (const { id } of rows) {
      // A row of a snapshot carries no position; it is part of what the snapshot is up to date with.
      const lsn = lsns.get(id) ?? batch.upToDateLsn;
      if (lsn === null) continue;
      await acknowledgePending(tx, id, lsn);
      draft.pending = draft.pending.map((mutation) =>
        mutation.mutation.id === id ? { ...mutation, acknowledgedLsn: lsn } : mutation,
      );
    }
  }

  /** Rewinds and replays the assets whose server truth changed or whose mutations are settled now. */
  async function settle(tx: Transaction, draft: Draft, rebased: Iterable<string>): Promise<void> {
    const refused = await refusals(tx, draft.pending);
    for (const [id, error] of refused) await rejectPending(tx, id, error);
    if (refused.size > 0) draft.rejectedChanged = true;
    const confirmed = draft.pending.filter((mutation) =>
      isConfirmed(mutation, (reference) => draft.shapes.get(reference)?.lsn),
    );
    const settled = draft.pending.filter((one) => confirmed.includes(one) || refused.has(one.mutation.id));
    await rebaseWithout(tx, draft, settled, rebased);
    if (confirmed.length > 0) {
      await deleteFromOutbox(
        tx,
        confirmed.map(({ mutation }) => mutation.id),
      );
    }
  }

  async function rebaseWithout(
    tx: Transaction,
    draft: Draft,
    settled: readonly PendingMutation[],
    rebased: Iterable<string>,
  ): Promise<void> {
    const free = new Set(settled.flatMap(({ ids }) => [...ids]));
    const affected = new Set([...rebased, ...free]);
    if (affected.size === 0) return;
    draft.changedRows += affected.size;
    draft.pending = draft.pending.filter((mutation) => !settled.includes(mutation));
    await rebase(tx, tables.base, affected, draft.pending);
    await dropBase(tx, tables.base, free, draft.pending);
    draft.changed.add('assets');
  }

  return {
    get shapes() {
      return shapeStates;
    },
    get pending() {
      return pending;
    },
    get rejected() {
      return rejected;
    },

    async apply(batches) {
      const write = (mayCopy: boolean) =>
        commit(async (tx, draft) => {
          const touched = new Set(draft.pending.flatMap(({ ids }) => [...ids]));
          const rebased = new Set<string>();
          for (const batch of batches) {
            for (const id of await applyBatch(tx, batch, draft, { touched, mayCopy })) rebased.add(id);
          }
          await settle(tx, draft, rebased);
        });
      await write(true).catch((error: unknown) => {
        // Some of the rows are there: an asset that came from another project, for one.
        if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
        return write(false);
      });
    },

    refetch: (reference) =>
      commit(async (tx, draft) => {
        const text = formatShapeReference(reference);
        const next = { ...(draft.shapes.get(text) ?? newShape), offset: '-1', handle: null, refetching: true } as const;
        await tx.query('DELETE FROM replica.seen WHERE reference = $1', [text]);
        await writeShapeState(tx, text, next);
        draft.shapes.set(text, next);
      }),

    drop: (reference) =>
      commit(async (tx, draft) => {
        const text = formatShapeReference(reference);
        const partition = partitionOf(reference);
        if (partition === null) throw new TypeError(`${text} holds its whole table and is never dropped`);
        const { table } = tables.rows[reference.name];
        await tx.query(`DELETE FROM ${table} WHERE ${partition.column} = $1`, [partition.id]);
        if (reference.name === 'assets') {
          await tx.query(`DELETE FROM ${tables.base.table} WHERE ${partition.column} = $1`, [partition.id]);
        }
        await tx.query('DELETE FROM replica.shapes WHERE reference = $1', [text]);
        await tx.query('DELETE FROM replica.seen WHERE reference = $1', [text]);
        draft.shapes.delete(text);
        draft.changed.add(shapes[reference.name].table);
        await settle(tx, draft, []);
      }),

    async mutate(id, name, args) {
      const parsed = mutationArgs[name].parse(args);
      const mutation = { id, name, args: { ...parsed, ids: parsed.ids.map((one) => one.toLowerCase()) } } as Mutation;
      return commit(async (tx, draft) => {
        const before = await changedIdsOf(tx, id);
        if (before !== null) return { changedIds: before };
        await keepBase(tx, tables.base, mutation.args.ids);
        const { text, values } = mutatorStatement(mutation);
        const changedIds = (await tx.query<{ id: string }>(text, [...values])).rows.map((row) => row.id);
        const queued = pendingMutation(mutation, await assetShapes(tx, mutation.args.ids));
        await insertPending(tx, queued, changedIds);
        draft.pending.push(queued);
        draft.changedRows += changedIds.length;
        if (changedIds.length > 0) draft.changed.add('assets');
        return { changedIds };
      });
    },

    reject: (errors) =>
      commit(async (tx, draft) => {
        for (const [id, error] of errors) await rejectPending(tx, id, error);
        draft.rejectedChanged = true;
        await rebaseWithout(
          tx,
          draft,
          draft.pending.filter(({ mutation }) => errors.has(mutation.id)),
          [],
        );
      }),

    discardRejected: (id) =>
      commit(async (tx, draft) => {
        draft.rejectedChanged = true;
        await tx.query('DELETE FROM replica.outbox WHERE id = $1 AND error_code IS NOT NULL', [id]);
      }),

    async idle() {
      await last;
    },
  };
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';

/** The mutations that the server has rejected, by their replicated rows. */
async function refusals(tx: Transaction, pending: readonly PendingMutation[]): Promise<Map<string, WireError>> {
  if (pending.length === 0) return new Map();
  const { rows } = await tx.query<{ id: string; error_code: string; error_message: string | null }>(
    `SELECT id, error_code, error_message FROM public.mutations
     WHERE id = ANY ($1::uuid[]) AND status = 'rejected'`,
    [pending.map(({ mutation }) => mutation.id)],
  );
  return new Map(rows.map((row) => [row.id, wireErrorOf(row.error_code, row.error_message)]));
}

async function assetShapes(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ project_id: string }>(
    'SELECT DISTINCT project_id FROM public.assets WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  return rows.map((row) => formatShapeReference({ name: 'assets', scopeId: row.project_id }));
}
