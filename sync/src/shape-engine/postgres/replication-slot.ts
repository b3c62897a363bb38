/**
 * The replication slot: Postgres keeps the write-ahead log from the confirmed position on, so a restarted engine continues
 * from there. An engine without a folder has no state to continue from: its slot is temporary and ends with its
 * connection.
 */
import type { Sql } from 'postgres';
import { z } from 'zod';
import { hasCode, LOCK_NOT_AVAILABLE } from './connection.ts';

export interface SlotStart {
  /** Identifies cluster and database: LSNs of any other are meaningless. */
  readonly origin: string;
  /** True for a new slot: earlier commits will not arrive. */
  readonly created: boolean;
  /** Why the previous slot is unusable; null if it is usable or did not exist. */
  readonly lost: string | null;
  /** Transactions whose commit record is at or after this LSN will arrive. */
  readonly confirmedLsn: bigint;
  /** Flush position of the cluster's log. */
  readonly walLsn: bigint;
}

const identity = z.tuple([z.object({ systemid: z.string(), xlogpos: z.string(), dbname: z.string() })]);
const known = z.array(
  z.object({ plugin: z.string().nullable(), confirmed: z.string().nullable(), wal_status: z.string().nullable() }),
);
const made = z.tuple([z.object({ consistent_point: z.string() })]);

/**
 * Finds or creates the slot.
 *
 * @param sql a replication connection; a temporary slot ends with it.
 * @throws Error when the slot cannot be created.
 */
export async function openSlot(sql: Sql, slot: string, temporary: boolean): Promise<SlotStart> {
  const [{ systemid, xlogpos, dbname }] = identity.parse([...(await sql.unsafe('IDENTIFY_SYSTEM').simple())]);
  const cluster = { origin: `${systemid}/${dbname}`, walLsn: parseLsn(xlogpos) };
  const [found] = temporary ? [] : await findSlot(sql, slot);
  if (found?.confirmed && found.wal_status !== 'lost')
    return { ...cluster, created: false, lost: null, confirmedLsn: parseLsn(found.confirmed) };
  const lost = found
    ? 'Postgres removed log that the shape engine had not read (max_slot_wal_keep_size). All shapes start over.'
    : null;
  if (found) await sql.unsafe(`DROP_REPLICATION_SLOT ${slot}`).simple();
  return { ...cluster, created: true, lost, confirmedLsn: await createSlot(sql, slot, temporary) };
}

async function findSlot(sql: Sql, slot: string): Promise<z.infer<typeof known>> {
  const rows = await sql
    .unsafe(
      `SELECT plugin::text, confirmed_flush_lsn::text AS confirmed, wal_status
      FROM pg_replication_slots WHERE slot_name = '${slot}'`,
    )
    .simple();
  return known.parse([...rows]);
}

async function createSlot(sql: Sql, slot: string, temporary: boolean): Promise<bigint> {
  try {
    const rows = await sql
      .unsafe(`CREATE_REPLICATION_SLOT ${slot} ${temporary ? 'TEMPORARY ' : ''}LOGICAL pgoutput NOEXPORT_SNAPSHOT`)
      .simple();
    return parseLsn(made.parse([...rows])[0].consistent_point);
  } catch (error) {
    if (!hasCode(error, LOCK_NOT_AVAILABLE)) throw error;
    throw new Error('The replication slot is waiting for an open transaction. End that transaction.', {
      cause: error,
    });
  }
}

/** Drops an unused slot. @returns false when it does not exist. @throws PostgresError when it is in use. */
export async function dropSlot(sql: Sql, slot: string): Promise<boolean> {
  const rows = await sql.unsafe(
    'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1::text::name',
    [slot],
  );
  return rows.length > 0;
}

/** Reads `16/B374D848`. */
function parseLsn(text: string): bigint {
  const [high, low] = text.split('/');
  if (high === undefined || low === undefined) throw new SyntaxError(`"${text}" is not an LSN`);
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}
