/** The assets of a delivery as the library has them after the ingest. */

import type { FileType, WorkStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { Sql } from 'postgres';
import { existingFrames } from '../../scan/names/frame-list.ts';
import { framePath } from '../../scan/names/sequences.ts';
import { kindOf } from './media-delivery.ts';
import type { Reader } from './second-reader.ts';

export interface SoakedAsset {
  readonly id: string;
  readonly path: string;
  readonly fileType: FileType;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly firstFrame: number | null;
  readonly lastFrame: number | null;
  readonly padding: number | null;
  readonly missingFrames: string | null;
  readonly contentHash: string | null;
  readonly probe: WorkStatus;
  readonly thumbnail: WorkStatus;
  readonly proxy: WorkStatus;
  readonly sprite: WorkStatus;
  readonly waveform: WorkStatus;
  readonly thumbnailKey: string | null;
  readonly proxyKey: string | null;
  readonly spriteKey: string | null;
  readonly waveformKey: string | null;
  readonly hasPlaceholder: boolean;
  readonly hasFacts: boolean;
  readonly codec: string | null;
  /** The program that decoded a still; null when none did. */
  readonly reader: Reader | null;
  readonly problem: string | null;
}

export async function readSoakedAssets(sql: Sql): Promise<SoakedAsset[]> {
  return sql<SoakedAsset[]>`
    SELECT
      id, relative_path AS path, file_type AS "fileType", width, height, duration_seconds AS seconds,
      first_frame AS "firstFrame", last_frame AS "lastFrame", frame_padding AS padding,
      missing_frames AS "missingFrames", content_hash AS "contentHash",
      probe_status AS probe, thumbnail_status AS thumbnail, proxy_status AS proxy, sprite_status AS sprite,
      waveform_status AS waveform, thumbnail_key AS "thumbnailKey", proxy_key AS "proxyKey", sprite_key AS "spriteKey",
      waveform_key AS "waveformKey", placeholder IS NOT NULL AS "hasPlaceholder",
      metadata.asset_id IS NOT NULL AS "hasFacts", codec, problem,
      CASE
        WHEN metadata.details ? 'frame' THEN 'oiiotool' WHEN metadata.details ? 'still' THEN 'sharp'
        WHEN thumbnail_key IS NOT NULL THEN 'ffmpeg'
      END AS reader
    FROM assets LEFT JOIN asset_metadata AS metadata ON metadata.asset_id = assets.id
    ORDER BY relative_path COLLATE "C"`;
}

/** Returns an asset's files, by their path texts within the delivery. */
export function filesOf({ path, firstFrame, lastFrame, padding, missingFrames }: SoakedAsset): string[] {
  if (firstFrame === null || lastFrame === null || padding === null) return [path];
  return existingFrames(firstFrame, lastFrame, missingFrames).map((frame) => framePath(path, padding, frame));
}

export function statusesOf({ probe, thumbnail, proxy, sprite, waveform }: SoakedAsset): WorkStatus[] {
  return [probe, thumbnail, proxy, sprite, waveform];
}

const OUTCOMES = ['ready', 'with a warning', 'failed', 'no media'] as const;
type Outcome = (typeof OUTCOMES)[number];

function outcomeOf(asset: SoakedAsset): Outcome {
  if (asset.fileType === 'other') return 'no media';
  if (statusesOf(asset).includes('failed')) return 'failed';
  return asset.problem === null ? 'ready' : 'with a warning';
}

/** Returns the lines of a table of inputs and outcomes. */
export function outcomeTable(assets: readonly SoakedAsset[]): string[] {
  const kinds = [...Map.groupBy(assets, ({ path }) => kindOf(path)), ['all', assets] as const];
  const rows = kinds.map(([kind, of]) => [
    kind,
    ...OUTCOMES.map((outcome) => String(of.filter((asset) => outcomeOf(asset) === outcome).length)),
  ]);
  return [['kind of input', ...OUTCOMES], ...rows].map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(26) : cell.padStart(16))).join(''),
  );
}

/**
 * Returns each reason once, ignoring numbers, with the count of its assets and one example; the most frequent first.
 */
export function reasonLines(assets: readonly SoakedAsset[]): string[] {
  const told = assets.filter(({ problem }) => problem !== null);
  const alike = Map.groupBy(told, ({ problem }) => (problem ?? '').replaceAll(/\d+(?:\.\d+)?/g, 'N'));
  return [...alike]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, of]) => `${String(of.length).padStart(4)}  ${reason}  (${JSON.stringify(of[0]?.path)})`);
}
