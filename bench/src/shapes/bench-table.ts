/** A 20-column table that resembles assets: about 640 bytes of JSON per row value, 830 per message. */
import type { Sql } from 'postgres';
import { monotonicMs } from './monotonic-ms.ts';

export const TABLE = 'ingesthub_bench_assets';
export const PROJECTS = 24;

/** Recreates the table with the given number of rows, the same rows every time. */
export async function createBenchTable(sql: Sql, rows: number): Promise<void> {
  await sql.unsafe(`
    DROP TABLE IF EXISTS ${TABLE};
    CREATE TABLE ${TABLE} (
      id uuid PRIMARY KEY,
      project_id uuid NOT NULL,
      package_id uuid NOT NULL,
      name text NOT NULL,
      relative_path text NOT NULL,
      file_type text NOT NULL,
      review_status text NOT NULL,
      camera text,
      codec text,
      size_bytes bigint NOT NULL,
      width integer,
      height integer,
      duration_seconds double precision,
      sharpness double precision,
      frame_count integer,
      modified_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      picked_up boolean NOT NULL,
      metadata jsonb NOT NULL,
      tags text[] NOT NULL
    );
    INSERT INTO ${TABLE}
    SELECT
      md5('asset' || n)::uuid,
      md5('project' || n % ${PROJECTS})::uuid,
      md5('package' || n % 400)::uuid,
      file,
      'DAY' || lpad((n % 30)::text, 2, '0') || '/JANE_DOE/A_CAM/graded_rec709/session_' || lpad((n % 100)::text, 3, '0') || '/' || file,
      (ARRAY['video', 'image', 'audio'])[1 + n % 3],
      (ARRAY['unreviewed', 'approved', 'rejected', 'flagged'])[1 + n % 4],
      CASE WHEN n % 5 > 0 THEN 'cam_' || chr(97 + n % 4) END,
      'prores',
      100000000 + n::bigint * 977,
      3840,
      2160,
      12.5 + n % 1000 / 7.0,
      CASE WHEN n % 3 > 0 THEN n % 1000 / 999.0 END,
      100 + n % 900,
      '2026-01-01'::timestamptz + n * interval '1.37 s',
      '2026-06-01'::timestamptz + n * interval '0.01 s',
      n % 2 = 0,
      jsonb_build_object('iso', 800, 'lens', '35mm', 'take', n % 12),
      ARRAY['hero', 'day' || n % 30]
    FROM generate_series(1, ${rows}) AS n,
      LATERAL (SELECT 'A001_C' || lpad((n % 1000)::text, 3, '0') || '_' || lpad(n::text, 7, '0') || '.mov' AS file) AS named;
  `);
  await sql.unsafe(`VACUUM ANALYZE ${TABLE}`);
}

/** Returns the ids of all 24 projects. */
export async function projectIds(sql: Sql): Promise<string[]> {
  const rows = await sql.unsafe<{ id: string }[]>(`SELECT DISTINCT project_id AS id FROM ${TABLE}`);
  return rows.map(({ id }) => id);
}

/** Times of a COMMIT in monotonic milliseconds. */
export interface Committed {
  /** Just before the COMMIT was sent. */
  readonly sent: number;
  readonly answered: number;
}

/** Runs one statement in a transaction and times only its COMMIT. */
export async function commitTimed(sql: Sql, statement: string, values: string[] = []): Promise<Committed> {
  const connection = await sql.reserve();
  try {
    await connection.unsafe('BEGIN');
    await connection.unsafe(statement, values);
    const sent = monotonicMs();
    await connection.unsafe('COMMIT');
    return { sent, answered: monotonicMs() };
  } finally {
    connection.release();
  }
}

/** Sets one column of the first `count` rows to a new value. */
export function updateRows(sql: Sql, count: number): Promise<Committed> {
  const value = `changed ${monotonicMs()}`;
  return commitTimed(
    sql,
    `UPDATE ${TABLE} SET review_status = $1 WHERE id IN (SELECT id FROM ${TABLE} ORDER BY id LIMIT ${count})`,
    [value],
  );
}
