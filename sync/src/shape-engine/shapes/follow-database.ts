/**
 * Keeps an engine's shapes following the database: connects, takes up what the folder holds, tells the
 * slot what is on disk, and begins anew when the connection is lost.
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
  /** Published at the start. */
  readonly tables: readonly string[];
  /** For what is short. */
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
  /** Why it is not active, one sentence. */
  problem: string | null = 'The shape engine is connecting to Postgres.';
  /** What last made all shapes begin anew, and when; null while nothing did. */
  notice: string | null = null;
  readonly statusChanged = new Condition();
  readonly #options: FollowOptions;
  #folder: EngineFolder | null = null;
  #store: ShapeStore | null = null;
  #origin = '';
  #warned: boolean = false;
  /** Up to here everything is on disk. */
  #flushedLsn = 0n;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Resolves when the signal ends it, with everything on disk. */
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

  /** From connecting to losing the connection. */
  async #session(signal: AbortSignal): Promise<void> {
    const { databaseUrl, publication, tables, sql, registry, openFolder } = this.#options;
    this.#folder ??= await openFolder();
    await ensurePublication(sql, publication);
    if (!this.#folder.temporary) await this.#warnOfUnboundedLog();
    for (const text of tables) {
      const name = parseTableName(text);
      if (!name) throw new TypeError(`"${text}" is no table name`);
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
    // Tables may have changed while nobody looked.
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
      // The stream has ended, which its own end tells.
      () => {},
    );
  }

  /** The first connection of this process: what the folder holds goes on where it was, when the slot does. */
  async #open(slot: SlotStart): Promise<ShapeStore> {
    const folder = this.#folder as EngineFolder;
    const { registry, catalog, sql, log } = this.#options;
    const state = await folder.readState();
    if (state && state.slot !== folder.slot)
      await dropSlot(sql, state.slot).catch((error: unknown) => log(`The slot ${state.slot} stays.`, error));
    if (state?.slot !== folder.slot || !goesOn(slot, state)) {
      registry.startOver(slot.confirmedLsn - 1n);
      await folder.clear();
    }
    const store = await ShapeStore.open(folder.shapes, {
      confirmedLsn: slot.confirmedLsn,
      // A transaction that is longer than an answer may be is divided.
      markBytes: registry.limits.chunkBytes,
      log,
    });
    await registry.restore(store, (table) => catalog.get(table));
    return store;
  }

  /** Said once: a slot whose engine is away holds the log back, and can fill the disk of Postgres. */
  async #warnOfUnboundedLog(): Promise<void> {
    if (this.#warned) return;
    this.#warned = true;
    const [setting] = await this.#options.sql.unsafe('SHOW max_slot_wal_keep_size');
    if (setting?.['max_slot_wal_keep_size'] === '-1')
      this.#options.log(
        'Postgres keeps its log without bound while the shape engine is away; set max_slot_wal_keep_size, to 16GB for instance.',
        null,
      );
  }

  /** A later connection: shapes are as they were. */
  #resume(store: ShapeStore, slot: SlotStart): ShapeStore {
    if (!goesOn(slot, { origin: this.#origin, flushedLsn: this.#flushedLsn }))
      this.#options.registry.startOver(slot.confirmedLsn - 1n);
    return store;
  }

  async #flush(lsn: bigint): Promise<void> {
    try {
      await this.#store?.sync();
    } catch (error) {
      // What of it is on disk is unknown from now on.
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
 * Whether shapes that hold everything of a database up to an LSN can go on with what the slot brings. They cannot when
 * the log ends before that LSN: the cluster was put back to an older state, and what came after it never happened.
 */
function goesOn(slot: SlotStart, { origin, flushedLsn }: Pick<EngineState, 'origin' | 'flushedLsn'>): boolean {
  return !slot.created && slot.origin === origin && slot.confirmedLsn <= flushedLsn && flushedLsn <= slot.walLsn;
}

/** Of several failed addresses Node says nothing but the code. */
export function messageOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return message || code || String(error);
}
