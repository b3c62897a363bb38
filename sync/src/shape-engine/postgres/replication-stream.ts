/**
 * Follows committed transactions through a logical replication slot.
 *
 * Uses the copy-both stream of `postgres` rather than its `subscribe`, so that the engine chooses the acknowledged
 * position: the one that the listener has on disk.
 */
import type { Duplex } from 'node:stream';
import { finished } from 'node:stream/promises';
import { connect } from './connection.ts';
import { decodePgoutput } from './pgoutput.ts';
import { openSlot, type SlotStart } from './replication-slot.ts';
import { type TransactionListener, TransactionReader } from './transaction.ts';

interface ReplicationListener extends TransactionListener {
  /** Receives the acquired slot. No message comes before it resolves; `stream` is usable until the end. */
  start(slot: SlotStart, stream: ReplicationStream): Promise<void>;
  /** Every transaction whose commit record is at or before `lsn` has arrived. */
  progress(lsn: bigint): void;
  /** Makes everything received so far durable. @param lsn the position acknowledged afterwards. */
  flush(lsn: bigint): Promise<void>;
}

export interface ReplicationOptions {
  readonly url: string;
  readonly publication: string;
  readonly slot: string;
  readonly temporary: boolean;
  readonly listener: ReplicationListener;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

export interface ReplicationStream {
  /** Runs work while the stream is paused: between two messages, possibly within a transaction. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
}

const ACKNOWLEDGE_MS = 1_000;
/** Milliseconds between acknowledgements that request a reply. */
const PING_MS = 5_000;
/** Silence after which the connection is considered dead. */
const SILENCE_LIMIT_MS = 30_000;

const XLOG_DATA = 0x77; // 'w'
const KEEPALIVE = 0x6b; // 'k'

/**
 * Follows the slot until the signal ends it, and then resolves.
 *
 * @throws Error when Postgres rejects the request, the connection is lost, or the listener throws.
 */
export async function followReplication(options: ReplicationOptions): Promise<void> {
  const { slot, temporary, publication, signal } = options;
  const sql = connect(options.url, { max: 1, replication: true });
  const abandon = () => void sql.end({ timeout: 0 });
  signal.addEventListener('abort', abandon, { once: true });
  try {
    signal.throwIfAborted();
    const found = await openSlot(sql, slot, temporary);
    const names = `"${publication.replaceAll('"', '""')}"`.replaceAll("'", "''");
    const stream = await sql
      .unsafe(
        `START_REPLICATION SLOT ${slot} LOGICAL 0/0 (proto_version '1', publication_names '${names}', messages 'true')`,
      )
      .writable();
    // Copy-both: typed as a Writable, but `postgres` returns a Duplex.
    await new Follower(stream as Duplex, options, found.confirmedLsn).run(found);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', abandon);
    await sql.end({ timeout: 0 });
  }
}

class Follower implements ReplicationStream {
  readonly #stream: Duplex;
  readonly #listener: ReplicationListener;
  readonly #signal: AbortSignal;
  readonly #transactions: TransactionReader;
  /** Everything before this position was passed to the listener. */
  #processed: bigint;
  #acknowledged: bigint;
  #flushing: Promise<void> | null = null;
  #heardAt = Date.now();
  #pingedAt = Date.now();
  #listening = false;
  #holds = 0;

  constructor(stream: Duplex, { listener, signal }: ReplicationOptions, confirmed: bigint) {
    this.#stream = stream;
    this.#listener = listener;
    this.#signal = signal;
    this.#transactions = new TransactionReader(listener);
    this.#processed = confirmed;
    this.#acknowledged = confirmed;
  }

  async run(slot: SlotStart): Promise<void> {
    // Also catches a stream that fails before it is listened to.
    const ended = finished(this.#stream).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      if (!this.#signal.aborted) throw new Error('Postgres closed the replication connection.', { cause: error });
    });
    const stop = () => this.#stream.destroy();
    this.#signal.addEventListener('abort', stop, { once: true });
    const timer = setInterval(() => this.#tick(), ACKNOWLEDGE_MS);
    try {
      await Promise.race([this.#begin(slot), ended]);
      await ended;
    } finally {
      clearInterval(timer);
      this.#signal.removeEventListener('abort', stop);
      this.#stream.destroy();
      await this.#flushing;
    }
  }

  async #begin(slot: SlotStart): Promise<void> {
    await this.#listener.start(slot, this);
    this.#stream.on('data', (chunk: Buffer) => {
      try {
        this.#receive(chunk);
      } catch (error) {
        this.#stream.destroy(error as Error);
      }
    });
    this.#listening = true;
    if (this.#holds > 0) this.#stream.pause();
  }

  async hold<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#holds++;
    this.#stream.pause();
    try {
      return await work();
    } finally {
      this.#holds--;
      // Without a data listener, the resumed stream would discard its data.
      if (this.#holds === 0 && this.#listening) this.#stream.resume();
    }
  }

  #receive(chunk: Buffer): void {
    this.#heardAt = Date.now();
    if (chunk[0] === XLOG_DATA) {
      const end = this.#transactions.add(decodePgoutput(chunk.subarray(25)));
      if (end !== null) this.#processed = end;
    } else if (chunk[0] === KEEPALIVE) {
      const walEnd = chunk.readBigUInt64BE(1);
      if (!this.#transactions.isOpen && walEnd > this.#processed) {
        this.#processed = walEnd;
        // A commit record may begin exactly at the server's position.
        this.#listener.progress(walEnd - 1n);
      }
      // Postgres waits for this reply; during its shutdown, even for a new position.
      if (chunk[17] === 1) void this.#acknowledge();
    }
  }

  #tick(): void {
    const now = Date.now();
    // While held, silence is this side's own doing.
    if (this.#holds > 0) this.#heardAt = now;
    if (now - this.#heardAt > SILENCE_LIMIT_MS)
      this.#stream.destroy(new Error(`Postgres has been silent for ${SILENCE_LIMIT_MS / 1000} s.`));
    else if (this.#processed > this.#acknowledged || now - this.#pingedAt >= PING_MS) void this.#acknowledge();
  }

  /** Runs one acknowledgement at a time; later positions wait for the next one. */
  #acknowledge(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    const lsn = this.#processed;
    try {
      if (lsn > this.#acknowledged) await this.#listener.flush(lsn);
      this.#acknowledged = lsn;
      const ping = Date.now() - this.#pingedAt >= PING_MS;
      if (ping) this.#pingedAt = Date.now();
      if (!this.#stream.destroyed) this.#stream.write(standbyStatus(lsn, ping));
    } catch (error) {
      this.#stream.destroy(error as Error);
    }
  }
}

/**
 * @param lsn Postgres may discard everything before it.
 * @param ping requests a reply.
 */
function standbyStatus(lsn: bigint, ping: boolean): Buffer {
  const message = Buffer.alloc(34);
  message.write('r', 0, 'latin1');
  message.writeBigUInt64BE(lsn, 1); // written
  message.writeBigUInt64BE(lsn, 9); // flushed
  message.writeBigUInt64BE(lsn, 17); // applied
  const sincePostgresEpoch = Date.now() - Date.UTC(2000, 0, 1);
  message.writeBigInt64BE(BigInt(sincePostgresEpoch) * 1000n, 25);
  message.writeUInt8(ping ? 1 : 0, 33);
  return message;
}
