/** What the runs of a package say about the work on it: parts of statements, for a row of `packages`. */
import type { Sql, TransactionSql } from './client.ts';

/** What a person asked for last, of that which goes for the whole package whoever starts the next run: one JSON object. */
export function askedFor(sql: Sql | TransactionSql) {
  return sql`
    SELECT jsonb_strip_nulls(jsonb_build_object(
      'skip_proxies', runs.options->'skip_proxies',
      'proxy_height', runs.options->'proxy_height',
      'skip_links', runs.options->'skip_links'
    ))
    FROM runs
    WHERE runs.package_id = packages.id
      AND runs.options->'unattended' IS DISTINCT FROM 'true' AND runs.options->'asset_ids' IS NULL
    ORDER BY runs.created_at DESC, runs.id DESC
    LIMIT 1`;
}

/**
 * Whether nothing is to be done in it: a person holds one of its runs, or cancelled the latest. A cancelled run that
 * left nothing to do does not count.
 */
export function isHeld(sql: Sql | TransactionSql) {
  return sql`(
    EXISTS (
      SELECT FROM runs
      WHERE runs.package_id = packages.id AND runs.held IS NOT NULL
        AND runs.status IN ('queued', 'scanning', 'processing')
    )
    OR coalesce('cancelled' = (
      SELECT runs.status FROM runs
      WHERE runs.package_id = packages.id AND NOT runs.undone
      ORDER BY runs.created_at DESC, runs.id DESC
      LIMIT 1
    ), false)
  )`;
}
