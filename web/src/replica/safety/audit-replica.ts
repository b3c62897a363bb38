/**
 * Checks that a replica holds the same rows as the server: compares counts and checksums shape by shape, and
 * fetches only differing shapes again.
 */
import type { PGlite } from '@electric-sql/pglite';
import { parseShapeReference, type ShapeReference } from '@ingesthub/schema/library/shapes.ts';
import { type AuditAnswer, auditAnswer, type PartitionSum } from '@ingesthub/schema/replica/partition-sums.ts';
import type { AuditReport } from '../model/replica.ts';
import type { ReplicatedTables } from '../model/replicated-tables.ts';
import type { ShapeState } from '../model/shape-states.ts';
import type { Writer } from '../write/writer.ts';
import { rowHashes, sumReplicaRows } from './replica-sums.ts';

export interface AuditOptions {
  readonly database: PGlite;
  readonly tables: ReplicatedTables;
  readonly writer: Writer;
  /** Origin of the server. */
  readonly server: string;
  readonly fetch: typeof fetch;
  /** Returns the references of the followed shapes. */
  readonly references: () => Iterable<string>;
  /** Requests a shape's current position. */
  readonly nudge: (reference: string) => void;
  /** Fetches a shape again; its rows stay until the new ones are complete. */
  readonly refetch: (reference: ShapeReference) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Milliseconds for a shape to reach the server's position. */
const CATCH_UP_MS = 15_000;
/** Milliseconds for a refetch to finish. */
const REFETCH_MS = 10 * 60_000;
const LOOK_MS = 100;

export async function auditReplica(options: AuditOptions): Promise<AuditReport> {
  const { writer } = options;
  let compared = 0;
  let skipped = 0;
  let repairedRows = 0;
  const unrepaired: string[] = [];

  for (const text of [...options.references()]) {
    const reference = parseShapeReference(text);
    if (reference === null) continue;
    options.signal.throwIfAborted();
    // Compared twice before a repair: the first answer may predate the latest changes here, and a transaction is in
    // the log a moment before it becomes visible.
    const same = (await compare(reference, text, false)) || (await compare(reference, text, true));
    if (same === null) skipped++;
    else compared++;
    if (same !== false) continue;
    const rows = await repair(reference, text);
    if (rows === null || (await compare(reference, text, true)) === false) unrepaired.push(text);
    repairedRows += rows ?? 0;
  }
  return { at: new Date(), compared, skipped, repairedRows, unrepaired };

  /** Returns null when the two sides cannot be compared at the same position. */
  async function compare(reference: ShapeReference, text: string, fresh: boolean): Promise<boolean | null> {
    const answer = await ask(text, fresh);
    if (answer === null) return null;
    const arrived = await until(text, CATCH_UP_MS, (state) => state.lsn !== null && state.lsn >= answer.nothing_after);
    const before = writer.shapes.get(text);
    if (!arrived || !before || lastChange(before) >= answer.complete_before) return null;
    const sums = await sumReplicaRows({ ...options, pending: writer.pending }, reference, answer.sums);
    const after = writer.shapes.get(text);
    if (after?.offset !== before.offset || after.handle !== before.handle || after.refetching) return null;
    return sameSums(sums, answer.sums);
  }

  async function ask(text: string, fresh: boolean): Promise<AuditAnswer | null> {
    const { fetch } = options;
    const url = `${options.server}/api/audit?shape=${encodeURIComponent(text)}${fresh ? '&fresh' : ''}`;
    const response = await fetch(url, { signal: options.signal }).catch(() => null);
    return response?.ok ? auditAnswer.parse(await response.json()) : null;
  }

  /** @returns how many rows differ after the refetch; null when it did not finish. */
  async function repair(reference: ShapeReference, text: string): Promise<number | null> {
    const { database } = options;
    const former = rowHashes({ ...options, pending: writer.pending }, reference);
    await database.exec('DROP TABLE IF EXISTS pg_temp.audited; CREATE TEMP TABLE audited (key text, hash bigint)');
    await database.query(`INSERT INTO pg_temp.audited ${former.text}`, [...former.values]);
    await options.refetch(reference);
    if (!(await until(text, REFETCH_MS, (state) => state.lsn !== null && !state.refetching))) return null;
    const now = rowHashes({ ...options, pending: writer.pending }, reference);
    const { rows } = await database.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM pg_temp.audited AS former FULL JOIN (${now.text}) AS now USING (key)
       WHERE former.hash IS DISTINCT FROM now.hash`,
      [...now.values],
    );
    await database.exec('DROP TABLE pg_temp.audited');
    return rows[0]?.count ?? 0;
  }

  async function until(text: string, patienceMs: number, holds: (state: ShapeState) => boolean): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    for (let looks = 0; ; looks++) {
      const state = writer.shapes.get(text);
      if (state && holds(state)) return true;
      if (options.signal.aborted || Date.now() > deadline) return false;
      // A shape without changes reports the server's position only on request.
      if (looks % 10 === 0) options.nudge(text);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

/** Returns the WAL position of the latest change that the shape delivered. */
function lastChange({ offset }: ShapeState): bigint {
  const position = /^\d+/.exec(offset)?.[0];
  return BigInt(position ?? 0);
}

function sameSums(own: readonly PartitionSum[], expected: readonly PartitionSum[]): boolean {
  const key = ({ package_id, count, checksum }: PartitionSum) => `${package_id} ${count} ${checksum}`;
  const wanted = new Set(expected.map(key));
  return own.length === expected.length && own.every((sum) => wanted.has(key(sum)));
}
