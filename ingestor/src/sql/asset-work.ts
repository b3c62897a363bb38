/** Reads the assets that jobs work on, and writes the results. */

import { anyStepIs, assetColumns, columnsWith, stepStatuses } from '@ingesthub/schema/library/asset-columns.ts';
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import type { StoredAssetRow } from '@ingesthub/schema/library/rows.ts';
import type { FileType, WorkStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { RawPose } from '../media/face/raw-pose.ts';
import { type MediaFacts, UNKNOWN_FACTS } from '../media/facts/media-facts.ts';
import type { Sql, TransactionSql } from './client.ts';
import { type FileOfRow, fileOfRow, SCANNED_COLUMNS } from './file-columns.ts';
import { askedFor, isHeld } from './run-of-package.ts';

/** A step of the work on an asset, and its status column. */
export type AssetStep = 'probe' | DerivativeStep;
export type DerivativeStep = 'thumbnail' | 'proxy' | 'sprite' | 'waveform';
export const DERIVATIVE_STEPS: readonly DerivativeStep[] = ['thumbnail', 'proxy', 'sprite', 'waveform'];

export const ASSET_STEPS: readonly AssetStep[] = ['probe', ...DERIVATIVE_STEPS];

/** Paths of an asset's files, and their state when the scan found them. */
export interface AssetFiles extends FileOfRow {
  /** The file's version when this was read; a result is written only while the version is unchanged. */
  readonly version: string;
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
  return sql`${fileOfRow(sql)}, ${version(sql)} AS version`;
}

/** The arguments of a JSON object of {@link MediaFacts}, from `assets` and `asset_metadata`. */
const FACTS = Object.keys(UNKNOWN_FACTS)
  .map((column) => `'${column}', ${column}`)
  .join(', ');

/** Returns those assets that have pending work and may be processed: no person holds the package's run. */
export async function findPending(sql: Sql, ids: readonly string[]): Promise<AssetForWork[]> {
  return sql<AssetForWork[]>`
    SELECT
      ${filesOfAssets(sql)},
      assets.content_hash AS "contentHash",
      CASE WHEN metadata.asset_id IS NOT NULL THEN json_build_object(${sql.unsafe(FACTS)}) END AS facts,
      details,
      json_build_object(${sql.unsafe(ASSET_STEPS.map((step) => `'${step}', ${step}_status`).join(', '))}) AS status,
      ((${askedFor(sql)})->>'proxy_height')::integer AS "proxyHeight"
    FROM assets
    JOIN packages ON packages.id = assets.package_id
    LEFT JOIN asset_metadata AS metadata ON metadata.asset_id = assets.id
    WHERE assets.id = ANY (${[...ids]}::uuid[]) AND assets.missing_since IS NULL
      AND NOT ${isHeld(sql)}
      AND ${sql.unsafe(anyStepIs('pending'))}`;
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
      AND ${sql.unsafe(anyStepIs('pending'))}
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
      AND ${sql.unsafe(anyStepIs('pending'))}
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
type FaceColumns = Readonly<Pick<StoredAssetRow, 'pitch' | 'yaw' | 'roll' | 'sharpness'>>;

/** The columns of assets that a probe fills, from `MediaFacts` and {@link FaceColumns}. */
const PROBED_COLUMNS = columnsWith({ writer: 'probe', newWork: null });
type ProbedColumns = Readonly<Pick<StoredAssetRow, (typeof PROBED_COLUMNS)[number]>>;

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
  const probed = sql.unsafe(
    PROBED_COLUMNS.map((column) => {
      const former = column === 'duration_seconds' ? `coalesce(assets.${column}, done.seconds)` : `assets.${column}`;
      return `${column} = CASE WHEN probed THEN (facts->>'${column}')::${assetColumns[column].type} ELSE ${former} END`;
    }).join(', '),
  );
  await sql`
    WITH done AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(outcomes.map(asRow))}::text::json) AS done(
        id uuid, version text, probed boolean, content_hash text, facts jsonb, details jsonb, needs jsonb,
        made jsonb, placeholder text, seconds double precision, problem text
      )
    ), written AS (
      UPDATE assets SET
        content_hash = CASE WHEN probed THEN done.content_hash ELSE assets.content_hash END,
        ${probed},
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

const NO_FACE: FaceColumns = { pitch: null, yaw: null, roll: null, sharpness: null };

function asRow({ id, version, probe, made = {}, placeholder = null, seconds = null, problem = null }: AssetOutcome) {
  return {
    id,
    version,
    probed: probe !== undefined,
    content_hash: probe?.contentHash ?? null,
    facts: probe?.facts ? ({ ...NO_FACE, ...probe.facts, ...probe.face } satisfies ProbedColumns) : null,
    details: (probe?.facts ? probe.details : null) ?? null,
    needs: (probe?.facts ? probe.needs : null) ?? {},
    made,
    placeholder: placeholder === null ? null : Buffer.from(placeholder).toString('hex'),
    seconds,
    problem,
  };
}

/** Fails pending work after the last attempt, so that the assets do not wait forever. */
export async function giveUp(sql: TransactionSql, ids: readonly string[], problem: string): Promise<void> {
  const failed = sql.unsafe(
    stepStatuses
      .map((status) => `${status} = CASE ${status} WHEN 'pending' THEN 'failed' ELSE ${status} END`)
      .join(', '),
  );
  await sql`
    UPDATE assets SET
      ${failed},
      problem = coalesce(problem, ${problem})
    WHERE id = ANY (${[...ids]}::uuid[])
      AND ${sql.unsafe(anyStepIs('pending'))}`;
}

/** Columns that make up a file's version, in the order in which versions are stored. */
const VERSION_COLUMNS = SCANNED_COLUMNS.filter(
  // The type follows from the name, and rows from before `modified_ns` have only `modified_at`.
  (column) => column === 'modified_at' || (assetColumns[column].newWork === 'asks' && column !== 'file_type'),
);

/** The version of an asset row: it changes whenever registration finds a changed file. */
export function version(sql: Sql | TransactionSql) {
  const parts = VERSION_COLUMNS.map((column) =>
    // The text of a time depends on the session's time zone.
    assetColumns[column].type === 'timestamptz' ? `extract(epoch FROM assets.${column})` : `assets.${column}`,
  );
  return sql`concat_ws(' ', ${sql.unsafe(parts.join(', '))})`;
}
