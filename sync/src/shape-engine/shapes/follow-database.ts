/**
 * Keeps an engine's shapes following the database: connects, loads the folder's shapes, confirms to the slot what is on
 * disk, and reconnects when the connection is lost.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { Condition } from '../../shapes/condition.ts';
import { ShapeStore } from '../log/shape-store.ts';
import { parseTableName } from '../postgres/identifiers.ts';
import { ensurePublication, publishTable } from '../postgres/publication.ts';
import { dropSlot, type SlotStart } from '../postgres/replication-slot.ts';
import { followReplication, type ReplicationStream } from '../postgres/replication-stream.ts';
import type { TableCatalog } from '../postgres/table-catalog.ts';
import type { EngineFolder, EngineState } from './engine-folder.ts';
import type { ShapeRegistry } from './shape-registry.ts';

export interface FollowOptions {
  readonly databaseUrl: string;
  readonly publication: string;
  /** Tables published at the start. */
  readonly tables: readonly string[];
  /** Connections for short queries. */
  readonly sql: Sql;
  readonly registry: ShapeRegistry;
  readonly catalog: TableCatalog;
  openFolder(): Promise<EngineFolder>;
  log(message: string, error: unknown): void;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

export class DatabaseFollower {
  status: 'starting' | 'active' | 'down' = 'starting';
  /** Why the follower is not active, in one sentence. */
  problem: string | null = 'The shape engine is connecting to Postgres.';
  /** Why and when all shapes last started over; null if they never did. */
  notice: string | null = null;
  readonly statusChanged = new Condition();
  readonly #options: FollowOptions;
  #folder: EngineFolder | null = null;
  #store: ShapeStore | null = null;
  #origin = '';
  #warned: boolean = false;
  /** Everything up to this LSN is on disk. */
  #flushedLsn = 0n;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Resolves once the signal has ended it and everything is on disk. */
  async run(signal: AbortSignal): Promise<void> {
    const { registry, log } = this.#options;
    let wait = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        await this.#session(signal);
      } catch (error) {
        const problem = `The shape engine cannot follow Postgres: ${messageOf(error)}`;
        if (problem !== this.problem) log(problem, error);
        this.problem = problem;
      }
      if (this.status === 'active') wait = FIRST_RETRY_MS;
      this.status = 'down';
      registry.stop(new Error(this.problem ?? 'The shape engine is closing.'));
      await delay(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    }
    await this.#store?.close();
    await this.#folder?.close();
  }

  /** Runs from connecting until the connection is lost. */
  async #session(signal: AbortSignal): Promise<void> {
    const { databaseUrl, publication, tables, sql, registry, openFolder } = this.#options;
    this.#folder ??= await openFolder();
    await ensurePublication(sql, publication);
    if (!this.#folder.temporary) await this.#warnOfUnboundedLog();
    for (const text of tables) {
      const name = parseTableName(text);
      if (!name) throw new TypeError(`"${text}" is not a table name`);
      await publishTable(sql, publication, name, signal);
    }
    await followReplication({
      url: databaseUrl,
      publication,
      slot: this.#folder.slot,
      temporary: this.#folder.temporary,
      signal,
      listener: {
        start: (slot, stream) => this.#start(slot, stream),
        flush: (lsn) => this.#flush(lsn),
        begin: (transaction) => registry.begin(transaction),
        change: (transaction, change) => registry.change(transaction, change),
        lose: (transaction, relation) => registry.lose(transaction, relation),
        commit: (transaction, messages) => registry.commit(transaction, messages),
        progress: (lsn) => registry.progress(lsn),
      },
    });
  }

  async #start(slot: SlotStart, stream: ReplicationStream): Promise<void> {
    const { registry, catalog, log } = this.#options;
    if (slot.lost) {
      this.notice = `${new Date().toISOString()}: ${slot.lost}`;
      log(slot.lost, null);
    }
    const store = this.#store ? this.#resume(this.#store, slot) : await this.#open(slot);
    this.#store = store;
    this.#origin = slot.origin;
    this.#flushedLsn = slot.confirmedLsn;
    await this.#saveState();
    registry.progress(slot.confirmedLsn - 1n);
    registry.start(stream, store);
    // Tables may have changed while the engine was disconnected.
    await catalog.refresh();
    this.#activate(registry.caughtUp());
  }

  #activate(caughtUp: Promise<void>): void {
    caughtUp.then(
      () => {
        this.status = 'active';
        this.problem = null;
        this.statusChanged.wake();
      },
      // A rejection means that the stream has ended, which is reported elsewhere.
      () => {},
    );
  }

  /** On this process' first connection, restores the folder's shapes if the slot still continues them. */
  async #open(slot: SlotStart): Promise<ShapeStore> {
    const folder = this.#folder as EngineFolder;
    const { registry, catalog, sql, log } = this.#options;
    const state = await folder.readState();
    if (state && state.slot !== folder.slot)
      await dropSlot(sql, state.slot).catch((error: unknown) =>
        log(`The slot ${state.slot} could not be dropped.`, error),
      );
    if (state?.slot !== folder.slot || !goesOn(slot, state)) {
      registry.startOver(slot.confirmedLsn - 1n);
      await folder.clear();
    }
    const store = await ShapeStore.open(folder.shapes, {
      confirmedLsn: slot.confirmedLsn,
      // A transaction longer than the largest answer is divided.
      markBytes: registry.limits.chunkBytes,
      log,
    });
    await registry.restore(store, (table) => catalog.get(table));
    return store;
  }

  /** Warns once: the slot of a stopped engine holds back the log and can fill Postgres' disk. */
  async #warnOfUnboundedLog(): Promise<void> {
    if (this.#warned) return;
    this.#warned = true;
    const [setting] = await this.#options.sql.unsafe('SHOW max_slot_wal_keep_size');
    if (setting?.['max_slot_wal_keep_size'] === '-1')
      this.#options.log(
        'Postgres keeps its log without limit while the shape engine is stopped. Set max_slot_wal_keep_size, for example to 16GB.',
        null,
      );
  }

  /** On later connections, keeps the shapes in memory if the slot still continues them. */
  #resume(store: ShapeStore, slot: SlotStart): ShapeStore {
    if (!goesOn(slot, { origin: this.#origin, flushedLsn: this.#flushedLsn }))
      this.#options.registry.startOver(slot.confirmedLsn - 1n);
    return store;
  }

  async #flush(lsn: bigint): Promise<void> {
    try {
      await this.#store?.sync();
    } catch (error) {
      // From now on, it is unknown which part is on disk.
      this.#options.registry.dropAll();
      this.#store = null;
      throw error;
    }
    this.#flushedLsn = lsn;
    await this.#saveState();
  }

  async #saveState(): Promise<void> {
    const folder = this.#folder;
    if (folder && !folder.temporary)
      await folder.writeState({ slot: folder.slot, origin: this.#origin, flushedLsn: this.#flushedLsn });
  }
}

/**
 * True if shapes that contain everything up to an LSN can continue with the slot's changes. They cannot when the log ends
 * before that LSN: the cluster was restored to an older state, in which the later changes never happened.
 */
function goesOn(slot: SlotStart, { origin, flushedLsn }: Pick<EngineState, 'origin' | 'flushedLsn'>): boolean {
  return !slot.created && slot.origin === origin && slot.confirmedLsn <= flushedLsn && flushedLsn <= slot.walLsn;
}

/** Returns an error's message. When several addresses failed, Node provides only the code. */
export function messageOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return message || code || String(error);
}
