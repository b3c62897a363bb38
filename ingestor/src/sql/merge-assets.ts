/** Merges rows that turn out to be one asset, and keeps what people gave to either. */
import type { TransactionSql } from './client.ts';

/** First key of the locks that tag mutations take; the second is the package. See sync/src/mutators/lock-rows.ts. */
const TAG_LOCKS = 4_711_004;

export interface Merge {
  /** The row that is removed. */
  readonly id: string;
  /** The row that stays, in the same project. */
  readonly intoId: string;
}

/**
 * Merges rows: the remaining row gets the tags of the removed one, and its review and picked-up state where it has
 * none. Mutations that clients still send for a removed row reach the remaining one through `merged_assets`.
 */
export async function mergeAssets(sql: TransactionSql, merges: readonly Merge[]): Promise<void> {
  if (merges.length === 0) return;
  const pairs = JSON.stringify(merges.map(({ id, intoId }) => ({ id, into_id: intoId })));
  const pair = sql`json_to_recordset(${pairs}::text::json) AS pair(id uuid, into_id uuid)`;
  await uniteTags(
    sql,
    merges.map(({ id, intoId }) => ({ from: id, to: intoId })),
  );
  // Rows merged earlier into a removed row now point to the remaining row, before the removed row takes them along.
  await sql`UPDATE merged_assets SET into_id = pair.into_id FROM ${pair} WHERE merged_assets.into_id = pair.id`;
  const gone = await sql<{ row: unknown }[]>`
    WITH gone AS (
      DELETE FROM assets USING ${pair} WHERE assets.id = pair.id
      RETURNING assets.id, pair.into_id, review_status, picked_up_at, picked_up_by
    )
    SELECT json_build_object(
      'id', id, 'into_id', into_id, 'review_status', review_status, 'picked_up_at', picked_up_at,
      'picked_up_by', picked_up_by
    ) AS row
    FROM gone`;
  const rows = JSON.stringify(gone.map(({ row }) => row));
  await sql`
    WITH gone AS (
      SELECT * FROM json_to_recordset(${rows}::text::json) AS gone(
        id uuid, into_id uuid, review_status text, picked_up_at timestamptz, picked_up_by text
      )
    ), review AS (
      SELECT DISTINCT ON (into_id) into_id, review_status FROM gone
      WHERE review_status <> 'unreviewed' ORDER BY into_id, id
    ), picked_up AS (
      SELECT DISTINCT ON (into_id) into_id, picked_up_at, picked_up_by FROM gone
      WHERE picked_up_at IS NOT NULL ORDER BY into_id, picked_up_at
    )
    UPDATE assets SET
      review_status = CASE assets.review_status
        WHEN 'unreviewed' THEN coalesce(review.review_status, 'unreviewed') ELSE assets.review_status
      END,
      picked_up_by = CASE WHEN assets.picked_up_at IS NULL THEN picked_up.picked_up_by ELSE assets.picked_up_by END,
      picked_up_at = coalesce(assets.picked_up_at, picked_up.picked_up_at)
    FROM (SELECT DISTINCT into_id FROM gone) AS stays
    LEFT JOIN review USING (into_id)
    LEFT JOIN picked_up USING (into_id)
    WHERE assets.id = stays.into_id
      AND (assets.review_status = 'unreviewed' AND review.review_status IS NOT NULL
        OR assets.picked_up_at IS NULL AND picked_up.picked_up_at IS NOT NULL)`;
  await sql`
    INSERT INTO merged_assets (id, into_id)
    SELECT gone.id, gone.into_id FROM json_to_recordset(${rows}::text::json) AS gone(id uuid, into_id uuid)
    ON CONFLICT (id) DO UPDATE SET into_id = excluded.into_id`;
}

/** Copies to assets what people gave to the assets that some of their files were part of. */
export async function inheritWork(
  sql: TransactionSql,
  packageId: string,
  heirs: readonly { relativePath: string; fromId: string }[],
): Promise<void> {
  if (heirs.length === 0) return;
  const pairs = JSON.stringify(
    heirs.map(({ relativePath, fromId }) => ({ relative_path: relativePath, from_id: fromId })),
  );
  const found = await sql<{ heir: string; former: string }[]>`
    SELECT heir.id AS heir, former.id AS former
    FROM json_to_recordset(${pairs}::text::json) AS pair(relative_path text, from_id uuid)
    JOIN assets AS heir ON heir.package_id = ${packageId} AND heir.relative_path = pair.relative_path
      AND heir.missing_since IS NULL
    JOIN assets AS former ON former.id = pair.from_id`;
  const pair = sql`json_to_recordset(${JSON.stringify(found)}::text::json) AS pair(heir uuid, former uuid)`;
  await uniteTags(
    sql,
    found.map(({ heir, former }) => ({ from: former, to: heir })),
  );
  await sql`
    UPDATE assets SET
      review_status = CASE assets.review_status WHEN 'unreviewed' THEN given.review_status ELSE assets.review_status END,
      picked_up_by = CASE WHEN assets.picked_up_at IS NULL THEN given.picked_up_by ELSE assets.picked_up_by END,
      picked_up_at = coalesce(assets.picked_up_at, given.picked_up_at)
    FROM (
      SELECT DISTINCT ON (pair.heir) pair.heir, review_status, picked_up_at, picked_up_by
      FROM ${pair} JOIN assets AS former ON former.id = pair.former
      WHERE review_status <> 'unreviewed' OR picked_up_at IS NOT NULL
      ORDER BY pair.heir, former.id
    ) AS given
    WHERE assets.id = given.heir`;
}

/** Waits for running mutations of these assets' tags, and blocks later ones. */
async function lockTags(sql: TransactionSql, ids: readonly string[]): Promise<void> {
  await sql`
    SELECT pg_advisory_xact_lock(${TAG_LOCKS}, package)
    FROM (
      SELECT DISTINCT hashtext(package_id::text) AS package FROM assets WHERE id = ANY (${[...ids]}::uuid[])
      ORDER BY package
    ) AS packages`;
}

/** Copies the tags of each `from` to its `to`, with both locked. */
async function uniteTags(sql: TransactionSql, pairs: readonly { from: string; to: string }[]): Promise<void> {
  await lockTags(
    sql,
    pairs.flatMap(({ from, to }) => [from, to]),
  );
  await sql`
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT DISTINCT heir.id, tags.tag, heir.package_id, heir.project_id
    FROM json_to_recordset(${JSON.stringify(pairs)}::text::json) AS pair("from" uuid, "to" uuid)
    JOIN assets AS heir ON heir.id = pair."to"
    JOIN asset_tags AS tags ON tags.asset_id = pair."from"
    ON CONFLICT DO NOTHING`;
}
