/** Reads the assets that jobs work on, and writes the results. */

import type { AssetDetails } from '@ingesthub/schema/asset-details.ts';
import type { StoredPath } from '@ingesthub/schema/stored-path.ts';
import type { FileType, WorkStatus } from '@ingesthub/schema/vocabulary.ts';
import type { RawPose } from '../media/face/raw-pose.ts';
import type { MediaFacts } from '../media/facts/media-facts.ts';
import type { Sql, TransactionSql } from './client.ts';
import { askedFor, isHeld } from './run-of-package.ts';

/** A step of the work on an asset, and its status column. */
export type AssetStep = 'probe' | DerivativeStep;
export type DerivativeStep = 'thumbnail' | 'proxy' | 'sprite' | 'waveform';
export const DERIVATIVE_STEPS: readonly DerivativeStep[] = ['thumbnail', 'proxy', 'sprite', 'waveform'];

/** Paths of an asset's files, and their state when the scan found them. */
export interface AssetFiles {
  readonly id: string;
  readonly packageId: string;
  readonly sourcePath: StoredPath;
  readonly relativePath: string;
  readonly fileType: FileType;
  /** The file's version when this was read; a result is written only while the version is unchanged. */
  readonly version: string;
  /** Bytes; for a sequence, the sum of all frames. */
  readonly size: number;
  /** Nanoseconds since 1970, as text; for a sequence, combined from all frames. */
  readonly modifiedNs: string | null;
  readonly firstFrame: number | null;
  readonly lastFrame: number | null;
  readonly framePadding: number | null;
  readonly missingFrames: string | null;
}

export interface AssetForWork extends AssetFiles {
  readonly contentHash: string | null;
  /** Facts from the asset's probe; null when it has not been probed, or the probe found none. */
  readonly facts: MediaFacts | null;
  readonly details: AssetDetails | null;
  readonly status: Readonly<Record<AssetStep, WorkStatus>>;
  /** Lines of the proxy, when a person chose a number. */
  readonly proxyHeight: number | null;
}

/** The columns of {@link AssetFiles}, from `assets` and `packages`. */
export function filesOfAssets(sql: Sql | TransactionSql) {
  return sql`
    assets.id,
    assets.package_id AS "packageId",
    packages.source_path AS "sourcePath",
    assets.relative_path AS "relativePath",
    assets.file_type AS "fileType",
    ${version(sql)} AS version,
    assets.size_bytes::float8 AS size,
    assets.modified_ns::text AS "modifiedNs",
    assets.first_frame AS "firstFrame",
    assets.last_frame AS "lastFrame",
    assets.frame_padding AS "framePadding",
    assets.missing_frames AS "missingFrames"`;
}

/** Returns those assets that have pending work and may be processed: no person holds the package's run. */
export async function findPending(sql: Sql, ids: readonly string[]): Promise<AssetForWork[]> {
  return sql<AssetForWork[]>`
    SELECT
      ${filesOfAssets(sql)},
      assets.content_hash AS "contentHash",
      CASE WHEN metadata.asset_id IS NOT NULL THEN
        json_build_object(
          'width', width, 'height', height, 'duration_seconds', duration_seconds,
          'frame_rate_numerator', frame_rate_numerator, 'frame_rate_denominator', frame_rate_denominator,
          'codec', codec, 'audio_codec', audio_codec, 'audio_channels', audio_channels, 'sample_rate', sample_rate
        )
      END AS facts,
      details,
      json_build_object(
        'probe', probe_status, 'thumbnail', thumbnail_status, 'proxy', proxy_status, 'sprite', sprite_status,
        'waveform', waveform_status
      ) AS status,
      ((${askedFor(sql)})->>'proxy_height')::integer AS "proxyHeight"
    FROM assets
    JOIN packages ON packages.id = assets.package_id
    LEFT JOIN asset_metadata AS metadata ON metadata.asset_id = assets.id
    WHERE assets.id = ANY (${[...ids]}::uuid[]) AND assets.missing_since IS NULL
      AND NOT ${isHeld(sql)}
      AND 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status)`;
}

/** Returns all assets of a package with pending work, in the order of their paths. */
export async function pendingOfPackage(
  sql: Sql | TransactionSql,
  packageId: string,
): Promise<{ id: string; fileType: FileType; probed: boolean }[]> {
  return sql<{ id: string; fileType: FileType; probed: boolean }[]>`
    SELECT id, file_type AS "fileType", probe_status <> 'pending' AS probed
    FROM assets
    WHERE package_id = ${packageId} AND missing_since IS NULL
      AND 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status)
    ORDER BY relative_path COLLATE "C"`;
}

/** Returns those assets that have pending work, with their packages and media roots. */
export async function pendingOf(
  sql: TransactionSql,
  ids: readonly string[],
): Promise<{ id: string; fileType: FileType; probed: boolean; packageId: string; rootId: string | null }[]> {
  if (ids.length === 0) return [];
  return sql<{ id: string; fileType: FileType; probed: boolean; packageId: string; rootId: string | null }[]>`
    SELECT
      assets.id, file_type AS "fileType", probe_status <> 'pending' AS probed, package_id AS "packageId",
      packages.media_root AS "rootId"
    FROM assets JOIN packages ON packages.id = assets.package_id
    WHERE assets.id = ANY (${[...ids]}::uuid[]) AND missing_since IS NULL
      AND 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status)
    ORDER BY assets.id`;
}

/** The result of work on one asset, for the version that was read. */
export interface AssetOutcome {
  readonly id: string;
  readonly version: string;
  /** Result of a probe; a problem instead of facts fails the derivatives too. */
  readonly probe?: ProbeOutcome;
  /** Keys of the derivatives; null when one cannot be made, and `problem` states why. */
  readonly made?: Readonly<Partial<Record<DerivativeStep, string | null>>>;
  /** A ThumbHash. */
  readonly placeholder?: Uint8Array | null;
  /** Decoded length, used when the file's header states none; a known length is kept. */
  readonly seconds?: number | null;
  /** One sentence for people. */
  readonly problem?: string | null;
}

type ProbeOutcome = { readonly contentHash: string | null } & (
  | {
      readonly facts: MediaFacts;
      readonly details: AssetDetails | null;
      /** For a face crop; its angles are set once the package's pose convention is known. */
      readonly face?: FaceColumns;
      /** Pitch, yaw and roll as written in the file. */
      readonly pose?: RawPose | null;
      /** False for the derivatives that the asset turned out not to need. */
      readonly needs: Readonly<Record<DerivativeStep, boolean>>;
    }
  | { readonly facts: null }
);

/** Angles in degrees, and sharpness. */
interface FaceColumns {
  readonly pitch: number | null;
  readonly yaw: number | null;
  readonly roll: number | null;
  readonly sharpness: number | null;
}

/** Writes outcomes, in one statement that updates each asset once. */
export async function writeOutcomes(sql: TransactionSql, outcomes: readonly AssetOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const steps = sql.unsafe(
    DERIVATIVE_STEPS.map(
      (step) => `
        ${step}_key = CASE
          WHEN made ? '${step}' AND ${step}_status = 'pending' THEN made->>'${step}' ELSE ${step}_key
        END,
        ${step}_status = CASE
          WHEN ${step}_status <> 'pending' THEN ${step}_status
          WHEN probed AND facts IS NULL THEN 'failed'
          WHEN (needs->>'${step}')::boolean IS FALSE THEN 'none'
          WHEN NOT made ? '${step}' THEN ${step}_status
          WHEN made->>'${step}' IS NULL THEN 'failed'
          ELSE 'ready'
        END`,
    ).join(','),
  );
  await sql`
    WITH done AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(outcomes.map(asRow))}::text::json) AS done(
        id uuid, version text, probed boolean, content_hash text, facts jsonb, details jsonb, face jsonb, needs jsonb,
        made jsonb, placeholder text, seconds double precision, problem text
      )
    ), written AS (
      UPDATE assets SET
        content_hash = CASE WHEN probed THEN done.content_hash ELSE assets.content_hash END,
        width = CASE WHEN probed THEN (facts->>'width')::integer ELSE assets.width END,
        height = CASE WHEN probed THEN (facts->>'height')::integer ELSE assets.height END,
        duration_seconds = CASE
          WHEN probed THEN (facts->>'duration_seconds')::double precision
          ELSE coalesce(assets.duration_seconds, done.seconds)
        END,
        pitch = CASE WHEN probed THEN (face->>'pitch')::real ELSE assets.pitch END,
        yaw = CASE WHEN probed THEN (face->>'yaw')::real ELSE assets.yaw END,
        roll = CASE WHEN probed THEN (face->>'roll')::real ELSE assets.roll END,
        sharpness = CASE WHEN probed THEN (face->>'sharpness')::real ELSE assets.sharpness END,
        probe_status = CASE WHEN NOT probed THEN probe_status WHEN facts IS NULL THEN 'failed' ELSE 'ready' END,
        placeholder = coalesce(decode(done.placeholder, 'hex'), assets.placeholder),
        ${steps},
        problem = CASE
          WHEN probed OR assets.problem IS NULL THEN done.problem
          WHEN done.problem IS NULL OR strpos(assets.problem, done.problem) > 0 THEN assets.problem
          ELSE concat_ws(' ', assets.problem, done.problem)
        END
      FROM done
      WHERE assets.id = done.id AND ${version(sql)} = done.version
        AND (NOT probed OR probe_status = 'pending')
      RETURNING assets.id, assets.package_id, probed, facts, details
    ), outdated AS (
      DELETE FROM asset_metadata USING written WHERE asset_id = written.id AND probed AND facts IS NULL
    )
    INSERT INTO asset_metadata (
      asset_id, package_id, frame_rate_numerator, frame_rate_denominator, codec, audio_codec, audio_channels,
      sample_rate, details
    )
    SELECT
      id, package_id, (facts->>'frame_rate_numerator')::integer, (facts->>'frame_rate_denominator')::integer,
      facts->>'codec', facts->>'audio_codec', (facts->>'audio_channels')::integer, (facts->>'sample_rate')::integer,
      details
    FROM written
    WHERE probed AND facts IS NOT NULL
    ON CONFLICT (asset_id) DO UPDATE SET
      frame_rate_numerator = excluded.frame_rate_numerator,
      frame_rate_denominator = excluded.frame_rate_denominator,
      codec = excluded.codec,
      audio_codec = excluded.audio_codec,
      audio_channels = excluded.audio_channels,
      sample_rate = excluded.sample_rate,
      details = excluded.details`;
}

function asRow({ id, version, probe, made = {}, placeholder = null, seconds = null, problem = null }: AssetOutcome) {
  return {
    id,
    version,
    probed: probe !== undefined,
    content_hash: probe?.contentHash ?? null,
    facts: probe?.facts ?? null,
    details: (probe?.facts ? probe.details : null) ?? null,
    face: (probe?.facts ? probe.face : undefined) ?? null,
    needs: (probe?.facts ? probe.needs : null) ?? {},
    made,
    placeholder: placeholder === null ? null : Buffer.from(placeholder).toString('hex'),
    seconds,
    problem,
  };
}

/** Fails pending work after the last attempt, so that the assets do not wait forever. */
export async function giveUp(sql: TransactionSql, ids: readonly string[], problem: string): Promise<void> {
  await sql`
    UPDATE assets SET
      probe_status = CASE probe_status WHEN 'pending' THEN 'failed' ELSE probe_status END,
      thumbnail_status = CASE thumbnail_status WHEN 'pending' THEN 'failed' ELSE thumbnail_status END,
      proxy_status = CASE proxy_status WHEN 'pending' THEN 'failed' ELSE proxy_status END,
      sprite_status = CASE sprite_status WHEN 'pending' THEN 'failed' ELSE sprite_status END,
      waveform_status = CASE waveform_status WHEN 'pending' THEN 'failed' ELSE waveform_status END,
      problem = coalesce(problem, ${problem})
    WHERE id = ANY (${[...ids]}::uuid[])
      AND 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status)`;
}

/** The version of an asset row: it changes whenever registration finds a changed file. */
export function version(sql: Sql | TransactionSql) {
  return sql`concat_ws(
    ' ', assets.size_bytes, extract(epoch FROM assets.modified_at), assets.modified_ns, assets.first_frame,
    assets.last_frame, assets.missing_frames
  )`;
}
