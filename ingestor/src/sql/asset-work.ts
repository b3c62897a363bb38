/** What jobs read of assets before their work and write after it. */
import type { FileType } from '@ingesthub/schema/vocabulary.ts';
import type { MediaFacts } from '../media/media-facts.ts';
import type { Sql, TransactionSql } from './client.ts';

/** A step of the work on an asset, and its status column. */
export type AssetStep = 'probe' | 'thumbnail' | 'proxy';

export interface AssetForWork {
  readonly id: string;
  readonly packageId: string;
  readonly sourcePath: string;
  readonly relativePath: string;
  readonly fileType: FileType;
  /** What the file was when this was read; a result is written only while it still is. */
  readonly version: string;
  readonly contentHash: string | null;
  readonly durationSeconds: number | null;
  readonly firstFrame: number | null;
  readonly lastFrame: number | null;
  readonly framePadding: number | null;
  readonly missingFrames: string | null;
}

/** Those of the assets whose step is still to be done; deleted ones and finished ones are left out. */
export async function findPending(sql: Sql, step: AssetStep, ids: readonly string[]): Promise<AssetForWork[]> {
  return sql<AssetForWork[]>`
    SELECT
      assets.id,
      assets.package_id AS "packageId",
      packages.source_path AS "sourcePath",
      assets.relative_path AS "relativePath",
      assets.file_type AS "fileType",
      ${version(sql)} AS version,
      assets.content_hash AS "contentHash",
      assets.duration_seconds AS "durationSeconds",
      assets.first_frame AS "firstFrame",
      assets.last_frame AS "lastFrame",
      assets.frame_padding AS "framePadding",
      assets.missing_frames AS "missingFrames"
    FROM assets
    JOIN packages ON packages.id = assets.package_id
    WHERE assets.id = ANY (${[...ids]}::uuid[]) AND assets.${sql(statusColumn(step))} = 'pending'`;
}

/** Of one asset, in the version that was read. */
interface Outcome {
  readonly id: string;
  readonly version: string;
}

export type ProbeOutcome = Outcome & { readonly contentHash: string | null } & (
    | { readonly facts: MediaFacts; readonly needsThumbnail: boolean; readonly needsProxy: boolean }
    | { readonly problem: string }
  );

/** Writes the facts, those of one asset alone beside its row; without them nothing can be made of the file, so its derivatives fail with it. */
export async function writeProbes(sql: TransactionSql, outcomes: readonly ProbeOutcome[]): Promise<void> {
  const rows = outcomes.map((outcome) =>
    'facts' in outcome
      ? {
          id: outcome.id,
          version: outcome.version,
          content_hash: outcome.contentHash,
          ...outcome.facts,
          needs_thumbnail: outcome.needsThumbnail,
          needs_proxy: outcome.needsProxy,
          problem: null,
        }
      : { id: outcome.id, version: outcome.version, content_hash: outcome.contentHash, problem: outcome.problem },
  );
  await sql`
    WITH probed AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS probed(
        id uuid, version text, content_hash text, width integer, height integer, duration_seconds double precision,
        frame_rate_numerator integer, frame_rate_denominator integer, codec text, audio_codec text,
        audio_channels integer, sample_rate integer, needs_thumbnail boolean, needs_proxy boolean, problem text
      )
    ), written AS (
      UPDATE assets SET
        content_hash = probed.content_hash,
        width = probed.width,
        height = probed.height,
        duration_seconds = probed.duration_seconds,
        problem = probed.problem,
        probe_status = CASE WHEN probed.problem IS NULL THEN 'ready' ELSE 'failed' END,
        thumbnail_status = CASE
          WHEN thumbnail_status = 'none' THEN 'none'
          WHEN probed.problem IS NOT NULL THEN 'failed'
          WHEN probed.needs_thumbnail THEN thumbnail_status
          ELSE 'none'
        END,
        proxy_status = CASE
          WHEN proxy_status = 'none' THEN 'none'
          WHEN probed.problem IS NOT NULL THEN 'failed'
          WHEN probed.needs_proxy THEN proxy_status
          ELSE 'none'
        END
      FROM probed
      WHERE assets.id = probed.id AND assets.probe_status = 'pending' AND ${version(sql)} = probed.version
      RETURNING assets.id, assets.package_id, assets.problem
    ), outdated AS (
      DELETE FROM asset_metadata USING written WHERE asset_id = written.id AND written.problem IS NOT NULL
    )
    INSERT INTO asset_metadata (
      asset_id, package_id, frame_rate_numerator, frame_rate_denominator, codec, audio_codec, audio_channels, sample_rate
    )
    SELECT
      id, package_id, frame_rate_numerator, frame_rate_denominator, codec, audio_codec, audio_channels, sample_rate
    FROM written JOIN probed USING (id)
    WHERE written.problem IS NULL
    ON CONFLICT (asset_id) DO UPDATE SET
      frame_rate_numerator = excluded.frame_rate_numerator,
      frame_rate_denominator = excluded.frame_rate_denominator,
      codec = excluded.codec,
      audio_codec = excluded.audio_codec,
      audio_channels = excluded.audio_channels,
      sample_rate = excluded.sample_rate`;
}

export interface DerivativeOutcome extends Outcome {
  /** Null: there is none, and `problem` says why. */
  readonly key: string | null;
  /** Of a thumbnail, in hex. */
  readonly placeholder: string | null;
  readonly problem: string | null;
}

export async function writeDerivatives(
  sql: TransactionSql,
  step: 'thumbnail' | 'proxy',
  outcomes: readonly DerivativeOutcome[],
): Promise<void> {
  const status = sql(statusColumn(step));
  await sql`
    UPDATE assets SET
      ${sql(`${step}_key`)} = made.key,
      placeholder = ${step === 'thumbnail' ? sql`decode(made.placeholder, 'hex')` : sql`assets.placeholder`},
      ${status} = CASE WHEN made.key IS NULL THEN 'failed' ELSE 'ready' END,
      problem = coalesce(assets.problem, made.problem)
    FROM json_to_recordset(${JSON.stringify(outcomes)}::text::json) AS made(
      id uuid, version text, key text, placeholder text, problem text
    )
    WHERE assets.id = made.id AND assets.${status} = 'pending' AND ${version(sql)} = made.version`;
}

/** After the last try of a job: the asset says so instead of waiting for ever. */
export async function giveUp(sql: TransactionSql, step: AssetStep, id: string, problem: string): Promise<void> {
  const steps: readonly AssetStep[] = step === 'probe' ? ['probe', 'thumbnail', 'proxy'] : [step];
  for (const each of steps) {
    const status = sql(statusColumn(each));
    await sql`
      UPDATE assets SET ${status} = 'failed', problem = coalesce(problem, ${problem})
      WHERE id = ${id} AND ${status} = 'pending'`;
  }
}

/** Of an asset row: different whenever registration found the file changed. */
function version(sql: Sql | TransactionSql) {
  return sql`concat_ws(
    ' ', assets.size_bytes, extract(epoch FROM assets.modified_at), assets.modified_ns, assets.device, assets.inode,
    assets.first_frame, assets.last_frame, assets.missing_frames
  )`;
}

function statusColumn(step: AssetStep): `${AssetStep}_status` {
  return `${step}_status`;
}
