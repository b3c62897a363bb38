/**
 * The actual history, obtained independently of the engine: Postgres' `test_decoding` supplies every transaction's
 * changes, and `pg_walinspect` the position of its commit record.
 *
 * `test_decoding` reports the end of a commit record. Shapes identify a transaction by its beginning, as pgoutput reports
 * it (measured: equal to `start_lsn` of pg_walinspect's COMMIT record).
 */
import type { Sql } from 'postgres';
import { z } from 'zod';
import { type DecodedLine, parseDecodedLine } from './test-decoding.ts';

export interface CommittedTransaction {
  /** Start of its commit record. */
  readonly lsn: bigint;
  readonly xid: number;
  readonly changes: readonly DecodedLine[];
}

const SLOT = 'soak_oracle';

const lines = z.array(z.object({ end: z.coerce.bigint(), xid: z.coerce.number(), data: z.string() }));
const commits = z.array(z.object({ xid: z.coerce.number(), lsn: z.coerce.bigint() }));
const made = z.tuple([z.object({ end: z.coerce.bigint() })]);

export class Oracle {
  readonly #sql: Sql;
  /** End of the last commit record read. */
  #end: bigint;

  private constructor(sql: Sql, end: bigint) {
    this.#sql = sql;
    this.#end = end;
  }

  /** Creates an oracle that sees every transaction committed from now on. Needs a superuser. */
  static async create(sql: Sql): Promise<Oracle> {
    await sql`CREATE EXTENSION pg_walinspect`;
    const [{ end }] = made.parse([
      ...(await sql`
        SELECT (lsn - '0/0')::text AS end FROM pg_create_logical_replication_slot(${SLOT}, 'test_decoding')`),
    ]);
    return new Oracle(sql, end);
  }

  /** Returns the transactions committed since the last call, in commit order. */
  async read(): Promise<CommittedTransaction[]> {
    const decoded = lines.parse([
      ...(await this.#sql`
        SELECT (lsn - '0/0')::text AS end, xid, data
        FROM pg_logical_slot_get_changes(${SLOT}, NULL, NULL, 'skip-empty-xacts', 'on')`),
    ]);
    const end = decoded.at(-1)?.end ?? this.#end;
    if (end <= this.#end) return [];
    const places = commits.parse([
      ...(await this.#sql`
        SELECT xid, (start_lsn - '0/0')::text AS lsn
        FROM pg_get_wal_records_info('0/0'::pg_lsn + ${String(this.#end)}::numeric, '0/0'::pg_lsn + ${String(end)}::numeric)
        WHERE resource_manager = 'Transaction' AND record_type = 'COMMIT'`),
    ]);
    const placeOf = new Map(places.map(({ xid, lsn }) => [xid, lsn]));
    const found: CommittedTransaction[] = [];
    let changes: DecodedLine[] = [];
    for (const line of decoded) {
      const change = parseDecodedLine(line.data);
      if (change.kind === 'begin') changes = [];
      else if (change.kind !== 'commit' && change.kind !== 'message') changes.push(change);
      // After a server crash, the slot repeats its last transactions.
      else if (line.end > this.#end && changes.length > 0) {
        const lsn = placeOf.get(line.xid);
        if (lsn === undefined) throw new Error(`the write-ahead log contains no commit of transaction ${line.xid}`);
        found.push({ lsn, xid: line.xid, changes });
      }
    }
    this.#end = end;
    return found;
  }
}
