/**
 * Performs every write to a replica, one transaction after the other: the shapes' batches, the user's
 * mutations, and the settling of those mutations.
 */
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import {
  type Mutation,
  type MutationName,
  mutationArgs,
  readMutationCall,
} from '@ingesthub/schema/mutations/mutations.ts';
import type { WireError } from '@ingesthub/schema/values/errors.ts';
import { v7 as uuid } from 'uuid';
import { gatherUnits } from '../model/affected-units.ts';
import { moveLibraryState } from '../model/library-state.ts';
import {
  changedIdsOf,
  type PendingMutation,
  pendingMutation,
  readPending,
  readRejected,
  splitPending,
  takeRejected,
  writeChangedIds,
} from '../model/outbox-rows.ts';
import type { MutateOptions, RejectedMutation, ReplicaChange, UndoStep } from '../model/replica.ts';
import { gatherChanges } from '../model/replica-change.ts';
import { isMutableTable, partitionOf, type ReplicatedTables } from '../model/replicated-tables.ts';
import { referenceText, type ShapeBatch } from '../model/shape-batch.ts';
import { newShape, readShapeStates, type ShapeState, writeShapeState } from '../model/shape-states.ts';
import { countTouchedUnits } from '../model/touched-units.ts';
import { flushDatabase } from '../storage/flush-database.ts';
import { applyBatch, isStill, movedState } from './apply-batch.ts';
import { loadRows, type PreparedRows } from './load-rows.ts';
import { type MadeMutation, makeMutation } from './make-mutation.ts';
import { rejectMutations, settle } from './settle.ts';
import { argsBytes, halveMutation, splitMutation } from './split-mutation.ts';
import { findStep, forgetUndone, insertPart, readUndo, takeLatestStep, type UndoState } from './undo-steps.ts';
import type { WriterDraft } from './writer-draft.ts';

export interface Writer {
  /** The state of each shape that was ever followed and has not been dropped. */
  readonly shapes: ReadonlyMap<string, ShapeState>;
  /** Mutations that the server has not confirmed, oldest first. */
  readonly pending: readonly PendingMutation[];
  readonly rejected: readonly RejectedMutation[];
  /** The next steps for undo and redo. */
  readonly undoable: { readonly undo: UndoStep | null; readonly redo: UndoStep | null };

  /** Applies shapes' batches, all or none, and settles the mutations that they confirm. */
  apply(batches: readonly ShapeBatch[]): Promise<void>;
  /** Loads rows of a prepared project. @returns the milliseconds that it took, during which no one else could read. */
  load(rows: PreparedRows): Promise<number>;
  /** Records that a shape is followed, before any of its rows arrive. */
  begin(reference: ShapeReference): Promise<void>;
  /** Resets a shape to its start, as the server asked; its rows stay until the new ones are complete. */
  refetch(reference: ShapeReference): Promise<void>;
  /** Deletes the shapes' rows and states. */
  drop(references: readonly ShapeReference[]): Promise<void>;

  /** Applies a mutation and queues it; an id that was queued before changes nothing. @throws ZodError */
  mutate(id: string, name: MutationName, args: unknown, options?: MutateOptions): Promise<{ changedIds: string[] }>;
  /** Undoes the latest step. @param request a uuid; repeating it changes nothing. */
  undo(request: string): Promise<UndoStep | null>;
  /** Redoes the latest undone step. @param request a uuid; repeating it changes nothing. */
  redo(request: string): Promise<UndoStep | null>;
  /** Rolls back mutations that the server rejected; later mutations stay. */
  reject(errors: ReadonlyMap<string, WireError>): Promise<void>;
  /**
   * Splits a queued mutation that is too large to send into two with the same combined effect.
   *
   * @returns false when the mutation cannot be split or is not queued.
   */
  split(id: string): Promise<boolean>;
  /** Queues a rejected mutation again, under a new id. */
  retryRejected(id: string): Promise<void>;
  discardRejected(id: string): Promise<void>;

  /** Writes the positions of shapes that moved without a row, which stay in memory until this or any other write. */
  writePositions(): Promise<void>;
  /** Resolves when no transaction is under way. */
  idle(): Promise<void>;
  /** Calls back between two transactions, when every commit is on disk and has been announced. */
  between(work: () => void): Promise<void>;
}

/**
 * @param onCommit called after each commit with its changes to the library's tables and the approximate row count.
 * @param flush flushes a commit, whose change it is given, to disk; when it throws, nothing more is written.
 */
export async function createWriter(
  database: PGlite,
  tables: ReplicatedTables,
  onCommit: (change: ReplicaChange, changedRows: number) => void,
  flush: (change: ReplicaChange) => Promise<void> = () => flushDatabase(database),
): Promise<Writer> {
  let shapeStates: ReadonlyMap<string, ShapeState> = await readShapeStates(database);
  let pending: readonly PendingMutation[] = await readPending(database);
  let rejected: readonly RejectedMutation[] = await readRejected(database);
  let undoable = await readUndo(database);
  let touched = countTouchedUnits(pending);
  /** References of shapes whose states are not in the database yet. */
  let unwritten: ReadonlySet<string> = new Set();
  let last: Promise<unknown> = Promise.resolve();
  /** Why this state may differ from the database's; once set, nothing more is written. */
  let ended: { readonly error: unknown } | null = null;

  /** Runs work after all earlier work has ended. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  /** Runs one transaction, and takes over its draft once the commit is on disk. */
  async function transact<Result>(work: (tx: Transaction, draft: WriterDraft) => Promise<Result>): Promise<Result> {
    if (ended) throw ended.error;
    const draft: WriterDraft = {
      tables,
      shapes: new Map(shapeStates),
      pending: [...pending],
      touched,
      affected: gatherUnits(),
      changes: gatherChanges(),
      changedRows: 0,
      rejectedChanged: false,
      undoChanged: false,
    };
    const result = await database
      .transaction(async (tx) => {
        for (const reference of unwritten) {
          const state = shapeStates.get(reference);
          if (state) await writeShapeState(tx, reference, state);
        }
        const result = await work(tx, draft);
        if (draft.changes.tables.size > 0) draft.changes.state = await moveLibraryState(tx);
        return result;
      })
      .catch((error: unknown) => {
        touched = countTouchedUnits(pending);
        throw error;
      });
    // The commit cannot be rolled back; until it is on disk, none of it is sent or announced.
    const stored = await store(draft).catch((error: unknown) => {
      ended = { error };
      throw error;
    });
    shapeStates = draft.shapes;
    pending = draft.pending;
    rejected = stored.rejected;
    undoable = stored.undoable;
    unwritten = new Set();
    onCommit(draft.changes, draft.changedRows);
    return result;
  }

  async function store(draft: WriterDraft) {
    await flush(draft.changes);
    return {
      rejected: draft.rejectedChanged ? await readRejected(database) : rejected,
      undoable: draft.undoChanged ? await readUndo(database) : undoable,
    };
  }

  function commit<Result>(work: (tx: Transaction, draft: WriterDraft) => Promise<Result>): Promise<Result> {
    return inTurn(() => transact(work));
  }

  /** Keeps positions in memory when no batch carries rows. @returns whether that was all there was to do. */
  function onlyMoves(batches: readonly ShapeBatch[]): boolean {
    const isAll = batches.every((batch) => isStill(shapeStates.get(referenceText(batch)), batch));
    // A pending mutation may be waiting for exactly this position.
    if (!isAll || pending.length > 0) return false;
    const moved = new Map(shapeStates);
    for (const batch of batches) {
      const reference = referenceText(batch);
      moved.set(reference, movedState(moved.get(reference) ?? newShape, batch));
    }
    shapeStates = moved;
    unwritten = new Set([...unwritten, ...batches.map(referenceText)]);
    onCommit(gatherChanges(), 0);
    return true;
  }

  /** Writes rows that have arrived, all or none, and settles the mutations that they confirm. */
  function write<Result>(
    work: (tx: Transaction, draft: WriterDraft, mayCopy: boolean) => Promise<Result>,
  ): Promise<Result> {
    const attempt = (mayCopy: boolean) =>
      transact(async (tx, draft) => {
        const result = await work(tx, draft, mayCopy);
        await settle(tx, draft);
        return result;
      });
    return attempt(true).catch((error: unknown) => {
      // Some of the rows already exist, such as an asset that moved here from another project.
      if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      return attempt(false);
    });
  }

  async function make(
    tx: Transaction,
    draft: WriterDraft,
    mutation: Mutation,
    label: string | null,
  ): Promise<MadeMutation> {
    const made = await makeMutation(tx, mutation, { tables, touched: draft.touched, label });
    draft.pending.push(made.queued);
    draft.touched.add(made.queued);
    draft.changedRows += made.changedIds.length;
    if (made.change) draft.changes.add(made.queued.table, made.change);
    return made;
  }

  /** Applies a mutation that the user asked for, so that undo can reverse it. */
  async function makeStep(
    tx: Transaction,
    draft: WriterDraft,
    mutation: Mutation,
    options: MutateOptions,
  ): Promise<string[]> {
    const { label = null, step = mutation.id } = options;
    const parts = splitMutation(mutation);
    const changed: string[] = [];
    for (const part of parts) {
      const { changedIds, inverse } = await make(tx, draft, part, label);
      changed.push(...changedIds);
      if (inverse.length === 0) continue;
      draft.undoChanged = true;
      if (undoable.redo !== null) await forgetUndone(tx);
      await insertPart(tx, { step, state: 'done', label, mutationId: part.id, inverse });
    }
    if (parts.length > 1) await writeChangedIds(tx, mutation.id, changed);
    return changed;
  }

  /** Reverses the latest step of one list and records its inverse in the other. */
  function takeBack(request: string, from: UndoState): Promise<UndoStep | null> {
    return commit(async (tx, draft) => {
      const before = await findStep(tx, request);
      if (before) return before;
      const taken = await takeLatestStep(tx, from);
      if (taken === null) return null;
      draft.undoChanged = true;
      const { label } = taken;
      const undone = from === 'done';
      for (const mutation of taken.calls.flatMap((call) => splitMutation({ ...call, id: uuid() }))) {
        const { inverse } = await make(tx, draft, mutation, undone && label !== null ? `Undo: ${label}` : label);
        const part = { step: request, state: undone ? 'undone' : 'done', label, mutationId: mutation.id } as const;
        if (inverse.length > 0) await insertPart(tx, { ...part, inverse });
      }
      return { label };
    });
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
    get undoable() {
      return undoable;
    },

    async apply(batches) {
      if (batches.length === 0) return;
      await inTurn(async () => {
        if (onlyMoves(batches)) return;
        await write(async (tx, draft, mayCopy) => {
          for (const batch of batches) await applyBatch(tx, draft, batch, mayCopy);
        });
      });
    },

    load: (rows) => inTurn(() => write((tx, draft, mayCopy) => loadRows(tx, draft, rows, mayCopy))),

    begin: (reference) =>
      commit(async (tx, draft) => {
        const text = formatShapeReference(reference);
        if (draft.shapes.has(text)) return;
        await writeShapeState(tx, text, newShape);
        draft.shapes.set(text, newShape);
      }),

    refetch: (reference) =>
      commit(async (tx, draft) => {
        const text = formatShapeReference(reference);
        const former = draft.shapes.get(text) ?? newShape;
        const next = { ...former, offset: '-1', handle: null, refetching: true, prepared: null } as const;
        await tx.query('DELETE FROM replica.seen WHERE reference = $1', [text]);
        await writeShapeState(tx, text, next);
        draft.shapes.set(text, next);
      }),

    drop: (references) =>
      commit(async (tx, draft) => {
        for (const reference of references) {
          const text = formatShapeReference(reference);
          const partition = partitionOf(reference);
          if (partition === null) throw new TypeError(`${text} holds its whole table and is never dropped`);
          const { table } = shapes[reference.name];
          const targets = [tables.rows[reference.name], ...(isMutableTable(table) ? [tables.base[table]] : [])];
          for (const target of targets) {
            await tx.query(`DELETE FROM ${target.table} WHERE ${partition.column} = $1`, [partition.id]);
          }
          await tx.query('DELETE FROM replica.shapes WHERE reference = $1', [text]);
          await tx.query('DELETE FROM replica.seen WHERE reference = $1', [text]);
          draft.shapes.delete(text);
          draft.changes.add(table, { packages: null, columns: null });
        }
        await settle(tx, draft);
      }),

    async mutate(id, name, args, options = {}) {
      const mutation = parseMutation(id, name, args);
      return commit(async (tx, draft) => {
        const before = await changedIdsOf(tx, mutation);
        return { changedIds: before ?? (await makeStep(tx, draft, mutation, options)) };
      });
    },

    undo: (request) => takeBack(request, 'done'),
    redo: (request) => takeBack(request, 'undone'),

    reject: (errors) => commit((tx, draft) => rejectMutations(tx, draft, errors)),

    split: (id) =>
      commit(async (tx, draft) => {
        const index = draft.pending.findIndex(({ mutation }) => mutation.id === id);
        const whole = draft.pending[index];
        const halves = whole && halveMutation(whole.mutation);
        if (!halves) return false;
        await splitPending(tx, ...halves);
        const parts = halves.map((half) => {
          const bytes = argsBytes(JSON.stringify(half.args));
          return pendingMutation(half, whole.shapes, bytes);
        });
        draft.pending.splice(index, 1, ...parts);
        return true;
      }),

    retryRejected: (id) =>
      commit(async (tx, draft) => {
        const taken = await takeRejected(tx, id);
        if (taken === null) return;
        draft.rejectedChanged = true;
        const call = readMutationCall(taken);
        if (call === null) throw new Error('This version of the app cannot make this change. Discard it.');
        const { label } = taken;
        await makeStep(tx, draft, { ...call, id: uuid() }, label === null ? {} : { label });
      }),

    discardRejected: (id) =>
      commit(async (tx, draft) => {
        draft.rejectedChanged = (await takeRejected(tx, id)) !== null;
      }),

    writePositions: () =>
      inTurn(async () => {
        if (unwritten.size > 0) await transact(async () => {});
      }),

    async idle() {
      await last;
    },

    between: (work) =>
      inTurn(async () => {
        if (!ended) work();
      }),
  };
}

/** https://www.postgresql.org/docs/18/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';

/** @throws ZodError */
function parseMutation(id: string, name: MutationName, args: unknown): Mutation {
  return { id, name, args: mutationArgs[name].parse(args) } as Mutation;
}
