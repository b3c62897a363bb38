/**
 * Follows committed transactions through a logical replication slot.
 *
 * The slot is temporary, it lives as long as its connection: logs are held in memory, so there is
 * nothing that a restarted engine could take up again. The connection is `postgres`' own (its copy-both
 * stream, not its `subscribe`), so the acknowledged position is ours to choose.
 */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { connect, hasCode, LOCK_NOT_AVAILABLE } from './connection.ts';
import { decodePgoutput } from './pgoutput.ts';
import { type Transaction, TransactionAssembler } from './transaction.ts';

export interface ReplicationHandlers {
  /** One committed transaction, in commit order; runs to its end before the next is read. */
  onTransaction(transaction: Transaction): void;
  /** Every transaction whose commit record lies at or before `lsn` has been seen. */
  onProgress(lsn: bigint): void;
  /** The slot exists: every transaction that commits from now on will be seen. */
  onStart(): void;
}

export interface ReplicationOptions {
  readonly url: string;
  readonly publication: string;
  readonly handlers: ReplicationHandlers;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

const STATUS_INTERVAL_MS = 5_000;
/** Silence after which the connection is taken for dead: each status asks for an answer. */
const SILENCE_LIMIT_MS = 30_000;

const XLOG_DATA = 0x77; // 'w'
const KEEPALIVE = 0x6b; // 'k'

/**
 * Resolves when the signal ends it.
 *
 * @throws Error when Postgres refuses, or the connection is lost.
 */
export async function followReplication(options: ReplicationOptions): Promise<void> {
  const { publication, signal, handlers } = options;
  const sql = connect(options.url, { max: 1, replication: true });
  const slot = `ingesthub_${process.pid}_${randomBytes(6).toString('hex')}`;
  const abandon = () => void sql.end({ timeout: 0 });
  signal.addEventListener('abort', abandon, { once: true });
  try {
    signal.throwIfAborted();
    const stream = await startStream();
    handlers.onStart();
    await consume(stream, handlers, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', abandon);
    await sql.end({ timeout: 0 });
  }

  async function startStream(): Promise<Duplex> {
    await sql
      .unsafe(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`)
      .simple()
      .catch((error: unknown) => {
        if (!hasCode(error, LOCK_NOT_AVAILABLE)) throw error;
        throw new Error('The replication slot waits for a transaction that stays open; end that transaction.', {
          cause: error,
        });
      });
    const names = `"${publication.replaceAll('"', '""')}"`.replaceAll("'", "''");
    const stream = await sql
      .unsafe(
        `START_REPLICATION SLOT ${slot} LOGICAL 0/0 (proto_version '1', publication_names '${names}', messages 'true')`,
      )
      .writable();
    // Copy-both: its type says Writable, `postgres` makes it a Duplex.
    return stream as Duplex;
  }
}

function consume(stream: Duplex, handlers: ReplicationHandlers, signal: AbortSignal): Promise<void> {
  const transactions = new TransactionAssembler();
  let processed = 0n;
  let heardAt = Date.now();

  function receive(chunk: Buffer): void {
    heardAt = Date.now();
    if (chunk[0] === XLOG_DATA) {
      const transaction = transactions.add(decodePgoutput(chunk.subarray(25)));
      if (!transaction) return;
      handlers.onTransaction(transaction);
      processed = transaction.endLsn;
    } else if (chunk[0] === KEEPALIVE) {
      const walEnd = chunk.readBigUInt64BE(1);
      if (!transactions.open && walEnd > processed) {
        processed = walEnd;
        // A commit record may begin exactly where the server stood.
        handlers.onProgress(walEnd - 1n);
      }
      if (chunk[17] === 1) stream.write(standbyStatus(processed, false));
    }
  }

  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      if (Date.now() - heardAt > SILENCE_LIMIT_MS) {
        stream.destroy(new Error(`Postgres has been silent for ${SILENCE_LIMIT_MS / 1000} s.`));
      } else {
        stream.write(standbyStatus(processed, true));
      }
    }, STATUS_INTERVAL_MS);
    const stop = () => stream.destroy();
    signal.addEventListener('abort', stop, { once: true });
    stream.on('data', (chunk: Buffer) => {
      try {
        receive(chunk);
      } catch (error) {
        stream.destroy(error as Error);
      }
    });
    stream.on('error', reject);
    stream.once('close', () => {
      clearInterval(timer);
      signal.removeEventListener('abort', stop);
      if (signal.aborted) resolve();
      else reject(new Error('Postgres closed the replication connection.'));
    });
  });
}

/**
 * @param lsn where Postgres may forget what lies before it.
 * @param ping asks for an answer.
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
