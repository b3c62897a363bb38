/** Runs a replica on an open PGlite: follows the library, applies mutations and sends them. */
import type { PGlite } from '@electric-sql/pglite';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { type ServerState, WELL } from '@ingesthub/schema/replica/server-state.ts';
import { v7 as uuid } from 'uuid';
import { type FollowedLibrary, followLibrary } from '../follow/follow-library.ts';
import { followProjectSizes } from '../follow/follow-project-sizes.ts';
import { readKnownScopes } from '../follow/read-known-scopes.ts';
import { createMirror } from '../mirror/mirror.ts';
import { ScopeFiles } from '../mirror/scope-files.ts';
import { describeError } from '../model/describe-error.ts';
import { writeChoice, writeOpened, writeSizes } from '../model/kept-projects.ts';
import { readLibraryState } from '../model/library-state.ts';
import { createListeners } from '../model/listeners.ts';
import { type AskRows, createMirroredLists } from '../model/mirrored-lists.ts';
import type { Notice, Replica, ReplicaChange, ReplicaStatus } from '../model/replica.ts';
import { readReplicatedTables } from '../model/replicated-tables.ts';
import { createConnection } from '../network/connection.ts';
import { patientFetch } from '../network/patient-fetch.ts';
import { adoptUnsent } from '../safety/adopt-unsent.ts';
import { auditReplica } from '../safety/audit-replica.ts';
import { guardWriter } from '../safety/guard-writer.ts';
import { keepJournal } from '../safety/keep-journal.ts';
import { describeReport, startAudits } from '../safety/start-audits.ts';
import type { UnsentJournal } from '../safety/unsent-journal.ts';
import { watchDatabase } from '../safety/watch-database.ts';
import { type DeviceRoomOptions, watchDeviceRoom } from '../storage/device-room.ts';
import { flushWhenRoom } from '../storage/flush-database.ts';
import { databaseFailure } from '../storage/storage-errors.ts';
import type { SyncFile } from '../storage/sync-file.ts';
import { startSender } from '../write/sender.ts';
import { waitsFor } from '../write/settled.ts';
import { createWriter, type Writer } from '../write/writer.ts';
import { copyRows } from './copy-rows.ts';
import { startMaintenance } from './maintenance.ts';
import { finishFirstLoad, prepareDatabase, type ReplicaSql } from './prepare-database.ts';

export interface StartReplicaOptions {
  readonly database: PGlite;
  readonly storage: ReplicaStatus['storage'];
  /** Origin of the server: `https://host:port`. */
  readonly server: string;
  readonly sql: ReplicaSql;
  readonly fetch?: typeof fetch;
  /** The number of assets kept without being pinned; default: schema/src/replica/working-set.ts. */
  readonly assetRoom?: number;
  /** The assets from which on a project comes prepared; default: schema/src/replica/prepared-project.ts. */
  readonly preparedAssets?: number;
  /** The journal of unsent changes: adopted where the database lacks them, and kept in step. */
  readonly journal?: UnsentJournal | null;
  /** Files in which the mirror keeps scopes: mirror/scope-files.ts. */
  readonly scopeFiles?: readonly SyncFile[];
  /** Reports the device's room; absent: always enough. */
  readonly deviceRoom?: Pick<DeviceRoomOptions, 'estimate' | 'hasRoom'>;
  /** The database cannot continue: it is `damaged`, or `dead` and only has to be reopened. */
  readonly onDatabaseFailure?: (failure: 'damaged' | 'dead', error: unknown) => void;
}

export interface RunningReplica extends Replica {
  readonly client: string;
  /** The number of unsent changes recovered from the journal. */
  readonly rescued: number;
  /** Like {@link Replica.ask}, with row numbers and the ids that the asker does not know. */
  readonly askRows: AskRows;
  /** Adds a notice for people about this device's copy. */
  notice(text: string): void;
  /** Like {@link Replica.mutate}; repeating an id changes nothing and returns the same answer. */
  mutateAs(id: string, ...mutation: Parameters<Replica['mutate']>): ReturnType<Replica['mutate']>;
  /** Like {@link Replica.undo}; repeating a request changes nothing. */
  undoAs(request: string): ReturnType<Replica['undo']>;
  /** Like {@link Replica.redo}; repeating a request changes nothing. */
  redoAs(request: string): ReturnType<Replica['redo']>;
  /** The network may be back. */
  wake(): void;
  /** Stops following and sending; the caller still has to close the database. */
  close(): Promise<void>;
}

/** Milliseconds by which `upToDateAt` must advance before the status is announced again. */
const RESOLUTION_MS = 5_000;
/** Free bytes below which the mirror keeps no scopes: they only save time. */
const SPARE_BYTES = 512 * 1024 * 1024;

export async function startReplica(options: StartReplicaOptions): Promise<RunningReplica> {
  const { sql, server: origin } = options;
  const database = watchDatabase(options.database, onError);
  // Wrapped, because browsers reject a `fetch` that is called as a method of another object.
  const fetch = patientFetch(options.fetch ?? ((...args) => globalThis.fetch(...args)));
  const ending = new AbortController();
  const { signal } = ending;
  let status: ReplicaStatus | null = null;
  const { estimate, hasRoom } = options.deviceRoom ?? { estimate: async () => null, hasRoom: () => true };
  const room = watchDeviceRoom({
    estimate,
    hasRoom,
    onChange() {
      // Before the first status there are no listeners.
      if (status === null) return;
      if (room.full) scopeFiles.clear();
      announce();
    },
    signal,
  });
  const prepared = await prepareDatabase(database, sql);
  const tables = await readReplicatedTables(database);
  const unsent = options.journal?.changes ?? null;
  const rescued = unsent ? await adoptUnsent(database, tables, unsent) : 0;
  const identity = { ...prepared, client: unsent?.client ?? prepared.client };
  const changes = createListeners<ReplicaChange>();
  const statuses = createListeners<ReplicaStatus>();
  // Listens first: a tab that hears of a change and asks gets an answer with it.
  const scopeFiles = new ScopeFiles(options.scopeFiles ?? [], await readLibraryState(database));
  const mirror = createMirror({
    copy: (statement) => copyRows(database, statement),
    onChange: changes.listen,
    keep: {
      files: scopeFiles,
      between: async (work) => {
        const known = await estimate().catch(() => null);
        if (!room.full && (known === null || known.quota - known.usage >= SPARE_BYTES)) await writer.between(work);
      },
    },
  });
  const maintenance = startMaintenance(database, {
    isLoaded: () => loaded,
    write: () => writer.writePositions(),
    onProblem,
    signal,
  });
  const connection = createConnection(announce);
  const asked = new Set<string>();
  let loaded = identity.loaded;
  let finishing = false;
  let problem: string | null = null;
  let upToDateAt: Date | null = null;
  let library: FollowedLibrary | null = null;
  let notices: readonly Notice[] = [];
  let sizesReported = false;
  let server: ServerState = WELL;

  function onCommit(change: ReplicaChange, rows: number): void {
    // First, because the request travels while the journal, a second copy, is written.
    sender.wake();
    journaled();
    if (change.tables.size > 0) changes.tell(change);
    maintenance.wrote(rows);
    settleWaiting();
    library?.released();
    onProgress();
  }
  const unguarded = await createWriter(database, tables, onCommit, (change) => {
    // A tab that ends during the flush has committed all the same.
    scopeFiles.tell(change);
    return flushWhenRoom(database, room, onError);
  });
  const writer: Writer = guardWriter(unguarded, room);
  const journaled = options.journal ? keepJournal(options.journal, identity.client, writer, onProblem) : () => {};
  const sender = startSender({
    server: origin,
    client: identity.client,
    fetch,
    connection,
    pending: () => writer.pending,
    reject: writer.reject,
    split: writer.split,
    onProblem,
    signal,
  });

  /** Handles an error of the database, wherever it occurred. */
  function onError(error: unknown): void {
    const failure = databaseFailure(error);
    if (failure === 'full') room.ranOut();
    else if (failure !== null && !signal.aborted) options.onDatabaseFailure?.(failure, error);
  }

  function onProblem(error: unknown): void {
    if (signal.aborted) return;
    // The status already shows `full` for as long as it lasts.
    if (databaseFailure(error) === 'full') return;
    console.error(error);
    problem = describeError(error);
    announce();
  }

  /** Returns true when the whole library has arrived, even if it has since fallen behind. */
  function isComplete(): boolean {
    return library?.settled === true && completeShapes().length === library.references.size;
  }

  function completeShapes(): string[] {
    return [...(library?.references ?? [])].filter((reference) => {
      const state = writer.shapes.get(reference);
      return state !== undefined && state.lsn !== null && !state.refetching;
    });
  }

  /** Called when something has arrived, or is about to. */
  function onProgress(): void {
    announce();
    void finishLoad();
  }

  /** Called when the server was heard: if the library is complete here, it is up to date as of now. */
  function heard(): void {
    void finishLoad();
    // While the server cannot follow the library, it cannot announce changes.
    if (server.following !== null) return;
    if (!connection.online || library?.current !== true || !isComplete()) return;
    const before = upToDateAt?.getTime() ?? 0;
    upToDateAt = new Date();
    if (problem === null && upToDateAt.getTime() - before < RESOLUTION_MS) return;
    problem = null;
    announce();
  }

  /** Nudges, once, each shape that a mutation waits for: a mutation that changed nothing on the server moves no shape. */
  function settleWaiting(): void {
    const applied = (reference: string) => writer.shapes.get(reference)?.lsn;
    for (const pending of writer.pending) {
      for (const reference of waitsFor(pending, applied)) {
        const question = `${pending.mutation.id} ${reference}`;
        if (!asked.has(question)) library?.nudge(reference);
        asked.add(question);
      }
    }
  }

  function onState(now: ServerState): void {
    server = now;
    announce();
    // The server may accept waiting changes now.
    if (now.writing === null) connection.wake();
  }

  function onBeat(): void {
    asked.clear();
    settleWaiting();
    heard();
  }

  async function finishLoad(): Promise<void> {
    if (loaded || finishing || !isComplete()) return;
    finishing = true;
    try {
      await finishFirstLoad(database, sql);
      await database.exec('CHECKPOINT');
      loaded = true;
      announce();
    } catch (error) {
      onProblem(error);
    } finally {
      finishing = false;
    }
  }

  async function query<Row extends object>({ text, values }: Statement): Promise<Row[]> {
    return (await database.query<Row>(text, [...values])).rows;
  }

  function notice(text: string): void {
    if (notices.some((one) => one.text === text)) return;
    notices = [...notices, { at: new Date(), text }];
    announce();
  }

  function currentStatus(): ReplicaStatus {
    let loadedRows = 0;
    for (const state of writer.shapes.values()) loadedRows += state.loadedRows;
    return {
      phase: loaded ? 'ready' : 'loading',
      download: null,
      online: connection.online,
      server,
      loadedRows,
      shapesUpToDate: completeShapes().filter((reference) => library?.isLate(reference) !== true).length,
      shapesFollowed: library?.references.size ?? 0,
      projects: library?.projects ?? new Map(),
      unsent: writer.pending.length,
      unsentRows: writer.pending.reduce((rows, { mutation }) => rows + mutation.args.ids.length, 0),
      rejected: writer.rejected,
      ...writer.undoable,
      storage: options.storage,
      full: room.full,
      client: identity.client,
      notices,
      upToDateAt,
      problem,
    };
  }

  function announce(): void {
    status = currentStatus();
    statuses.tell(status);
  }

  if (loaded) upToDateAt = oldest([...writer.shapes.values()].map((state) => state.upToDateAt));
  library = await followLibrary({
    server: origin,
    client: identity.client,
    fetch,
    connection,
    writer,
    readKnownScopes: () => readKnownScopes(database),
    sizesReported: () => sizesReported,
    assetRoom: options.assetRoom,
    preparedAssets: options.preparedAssets,
    onDrop: maintenance.dropped,
    onState,
    onBeat,
    onCaughtUp: heard,
    onFollow: onProgress,
    onProblem,
    signal,
  });
  const { nudge, refetch, reconsider, needMetadata, prefer } = library;
  void followProjectSizes({
    server: origin,
    fetch,
    connection,
    async onSizes(sizes) {
      await writeSizes(database, sizes);
      sizesReported = true;
      await reconsider();
    },
    onProblem,
    signal,
  });
  const references = () => library?.references ?? [];
  const audit = startAudits({
    audit: () => auditReplica({ database, tables, writer, server: origin, fetch, references, nudge, refetch, signal }),
    isReady: () => loaded && connection.online && !room.full,
    onReport(report) {
      const text = describeReport(report);
      if (text !== null) notice(text);
    },
    onProblem,
    signal,
  });
  announce();
  settleWaiting();
  sender.wake();

  return {
    client: identity.client,
    rescued,
    notice,
    query,
    audit,
    ask: createMirroredLists(mirror.ask),
    askRows: mirror.ask,
    onChange: changes.listen,
    mutate: (name, args, mutateOptions) => writer.mutate(uuid(), name, args, mutateOptions),
    mutateAs: (id, name, args, mutateOptions) => writer.mutate(id, name, args, mutateOptions),
    undo: () => writer.undo(uuid()),
    undoAs: writer.undo,
    redo: () => writer.redo(uuid()),
    redoAs: writer.redo,
    retryRejected: writer.retryRejected,
    status: () => status ?? currentStatus(),
    onStatus: statuses.listen,
    discardRejected: writer.discardRejected,
    async needMetadata(packageId) {
      await Promise.all([needMetadata(packageId), writeOpened(database, packageId)]).catch(onProblem);
    },
    async chooseProject(projectId, choice) {
      await writeChoice(database, projectId, choice);
      if (choice === 'pinned') prefer(projectId);
      void reconsider();
    },
    prefer: async (projectId) => prefer(projectId),
    wake: connection.wake,
    async close() {
      ending.abort();
      mirror.close();
      // Fails when the database has ended; then there is nothing to write.
      await writer.writePositions().catch(() => {});
      await writer.idle();
    },
  };
}

/** Returns the oldest time; null when there are none or one is unknown. */
function oldest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length > 0 && known.length === times.length ? new Date(Math.min(...known)) : null;
}
