/** Reads and writes the followed shapes' positions: the rows of replica.shapes. */
import type { Offset } from '@electric-sql/client';
import type { Transaction } from '@electric-sql/pglite';

export interface ShapeState {
  readonly offset: Offset;
  /** Null exactly when the offset is '-1'. */
  readonly handle: string | null;
  /** The WAL position up to which the shape's changes are applied; null before it is first up to date. */
  readonly lsn: bigint | null;
  readonly upToDateAt: Date | null;
  readonly loadedRows: number;
  readonly refetching: boolean;
  /** The prepared project that is loading into it; null: none is. */
  readonly prepared: LoadedPart | null;
}

/** How much of a prepared project's rows has been loaded. */
export interface LoadedPart {
  readonly id: string;
  readonly rows: number;
}

export const newShape: ShapeState = {
  offset: '-1',
  handle: null,
  lsn: null,
  upToDateAt: null,
  loadedRows: 0,
  refetching: false,
  prepared: null,
};

type Queries = Pick<Transaction, 'query'>;

export async function readShapeStates(database: Queries): Promise<Map<string, ShapeState>> {
  const { rows } = await database.query<{
    reference: string;
    log_offset: Offset;
    handle: string | null;
    lsn: string | null;
    up_to_date_at: Date | null;
    loaded_rows: number;
    refetching: boolean;
    prepared: string | null;
  }>(
    'SELECT reference, log_offset, handle, lsn::text, up_to_date_at, loaded_rows, refetching, prepared FROM replica.shapes',
  );
  return new Map(
    rows.map((row) => [
      row.reference,
      {
        offset: row.log_offset,
        handle: row.handle,
        lsn: row.lsn === null ? null : BigInt(row.lsn),
        upToDateAt: row.up_to_date_at,
        loadedRows: row.loaded_rows,
        refetching: row.refetching,
        prepared: parseLoadedPart(row.prepared),
      },
    ]),
  );
}

export async function writeShapeState(database: Queries, reference: string, state: ShapeState): Promise<void> {
  await database.query(
    `INSERT INTO replica.shapes (reference, log_offset, handle, lsn, up_to_date_at, loaded_rows, refetching, prepared)
     VALUES ($1, $2, $3, $4::text::bigint, $5, $6, $7, $8)
     ON CONFLICT (reference) DO UPDATE SET
       log_offset = excluded.log_offset, handle = excluded.handle, lsn = excluded.lsn,
       up_to_date_at = excluded.up_to_date_at, loaded_rows = excluded.loaded_rows, refetching = excluded.refetching,
       prepared = excluded.prepared`,
    [
      reference,
      state.offset,
      state.handle,
      state.lsn?.toString() ?? null,
      state.upToDateAt,
      state.loadedRows,
      state.refetching,
      state.prepared && `${state.prepared.id} ${state.prepared.rows}`,
    ],
  );
}

function parseLoadedPart(text: string | null): LoadedPart | null {
  const [id, rows] = text?.split(' ') ?? [];
  return id === undefined || rows === undefined ? null : { id, rows: Number(rows) };
}
