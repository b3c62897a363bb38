/**
 * Describes every column of `assets`. The row schemas, the shape, the seed and the statements that register, move and
 * process assets are built from these entries; a test compares them with a migrated Postgres and a migrated replica.
 */
import { z } from 'zod';
import { safeInteger, signed64, timestamp } from '../values/row-values.ts';
import { assetType, fileType, reviewStatus, type WorkStatus, workStatus } from './vocabulary.ts';

interface AssetColumn {
  /** The SQL type, in the spelling of `json_to_recordset`. */
  readonly type: 'uuid' | 'text' | 'integer' | 'bigint' | 'real' | 'double precision' | 'timestamptz' | 'bytea';
  /** Parses the column's value in a row; nullable exactly where the column is. */
  readonly row: z.ZodType;
  /**
   * - `scan`: read from the file system.
   * - `placement`: proposed by analysis when the file is registered, corrected by people.
   * - `probe`: read from the file's content, or made from it.
   * - `person`: set by mutations alone. A new asset starts with the column's default.
   * - `server`: given by Postgres, or by the ingestor's own records.
   */
  readonly writer: 'scan' | 'placement' | 'probe' | 'person' | 'server';
  /**
   * Where the value goes when a file is found at another path or under another asset.
   *
   * - `place`: it describes where the file is, and is replaced when the file moves.
   * - `file`: it describes the content, and goes wherever the file goes.
   * - `asset`: it stays with the asset that people know.
   */
  readonly belongsTo: 'place' | 'file' | 'asset';
  /**
   * - `asks`: a change of it means that the file has changed, and asks for new work.
   * - `clears`: set to null when new work begins.
   * - `restarts`: set to its initial value when new work begins.
   * - null: unaffected until the new work writes it.
   */
  readonly newWork: 'asks' | 'clears' | 'restarts' | null;
  /** Whether browsers get it. Those that do are in the order of the shape. */
  readonly replicated: boolean;
}

const text = { type: 'text', row: z.string().nullable() } as const;
const integer = { type: 'integer', row: z.number().int().nullable() } as const;
const bigint = { type: 'bigint', row: signed64.nullable() } as const;
const real = { type: 'real', row: z.number().nullable() } as const;
const time = { type: 'timestamptz', row: timestamp.nullable() } as const;

const scannedPlace = { writer: 'scan', belongsTo: 'place', newWork: null } as const;
const scannedFile = { writer: 'scan', belongsTo: 'file', newWork: 'asks' } as const;
const placement = { writer: 'placement', belongsTo: 'asset', newWork: null } as const;
const probed = { writer: 'probe', belongsTo: 'file', newWork: null } as const;
const cleared = { ...probed, newWork: 'clears' } as const;
const restarted = { ...probed, newWork: 'restarts' } as const;
const person = { writer: 'person', belongsTo: 'asset', newWork: null } as const;
const server = { writer: 'server', belongsTo: 'asset', newWork: null } as const;

export const assetColumns = {
  id: { type: 'uuid', row: z.uuid(), ...server, replicated: true },
  project_id: { type: 'uuid', row: z.uuid(), ...server, replicated: true },
  package_id: { type: 'uuid', row: z.uuid(), ...server, belongsTo: 'place', replicated: true },
  subject_id: { type: 'uuid', row: z.uuid().nullable(), ...placement, replicated: true },
  folder: { type: 'integer', row: z.number().int(), ...server, belongsTo: 'place', replicated: true },
  relative_path: { type: 'text', row: z.string(), ...scannedPlace, replicated: false },
  name: { type: 'text', row: z.string(), ...scannedPlace, replicated: true },
  file_type: { type: 'text', row: fileType, ...scannedFile, replicated: true },
  asset_type: { type: 'text', row: assetType, ...placement, replicated: true },
  camera: { ...text, ...placement, replicated: true },
  size_bytes: { type: 'bigint', row: safeInteger, ...scannedFile, replicated: true },
  modified_at: { type: 'timestamptz', row: timestamp, ...scannedPlace, replicated: true },
  modified_ns: { ...bigint, ...scannedPlace, newWork: 'asks', replicated: false },
  changed_ns: { ...bigint, ...scannedPlace, replicated: false },
  device: { ...bigint, ...scannedPlace, replicated: false },
  inode: { ...bigint, ...scannedPlace, replicated: false },
  missing_since: { ...time, ...server, belongsTo: 'place', replicated: true },
  content_hash: { ...text, ...cleared, replicated: false },
  full_hash: { ...text, ...cleared, replicated: false },
  width: { ...integer, ...probed, replicated: true },
  height: { ...integer, ...probed, replicated: true },
  duration_seconds: { type: 'double precision', row: z.number().nullable(), ...probed, replicated: true },
  first_frame: { ...integer, ...scannedFile, replicated: true },
  last_frame: { ...integer, ...scannedFile, replicated: true },
  frame_count: { ...integer, ...scannedPlace, replicated: false },
  frame_padding: { ...integer, ...scannedPlace, replicated: false },
  missing_frames: { ...text, ...scannedFile, replicated: true },
  duplicate_frames: { ...text, ...scannedPlace, replicated: false },
  sidecar_of: { ...text, ...scannedPlace, replicated: true },
  pitch: { ...real, ...probed, replicated: true },
  yaw: { ...real, ...probed, replicated: true },
  roll: { ...real, ...probed, replicated: true },
  sharpness: { ...real, ...probed, replicated: true },
  placeholder: { type: 'bytea', row: z.instanceof(Uint8Array).nullable(), ...cleared, replicated: true },
  probe_status: { type: 'text', row: workStatus, ...restarted, replicated: true },
  thumbnail_status: { type: 'text', row: workStatus, ...restarted, replicated: true },
  proxy_status: { type: 'text', row: workStatus, ...restarted, replicated: true },
  sprite_status: { type: 'text', row: workStatus, ...restarted, replicated: false },
  waveform_status: { type: 'text', row: workStatus, ...restarted, replicated: false },
  thumbnail_key: { ...text, ...cleared, replicated: false },
  proxy_key: { ...text, ...cleared, replicated: false },
  sprite_key: { ...text, ...cleared, replicated: false },
  waveform_key: { ...text, ...cleared, replicated: false },
  thumbnail_version: { ...integer, ...server, belongsTo: 'file', replicated: true },
  proxy_version: { ...integer, ...server, belongsTo: 'file', replicated: true },
  sprite_version: { ...integer, ...server, belongsTo: 'file', replicated: true },
  waveform_version: { ...integer, ...server, belongsTo: 'file', replicated: true },
  problem: { ...text, ...restarted, replicated: true },
  review_status: { type: 'text', row: reviewStatus, ...person, replicated: true },
  picked_up_at: { ...time, ...person, replicated: true },
  picked_up_by: { ...text, ...person, replicated: true },
  deleted_at: { ...time, ...person, replicated: true },
  deleted_by: { ...text, ...person, replicated: true },
  created_at: { type: 'timestamptz', row: timestamp, ...server, replicated: false },
  updated_at: { type: 'timestamptz', row: timestamp, ...server, replicated: false },
  updated_by: { type: 'text', row: z.string(), ...server, replicated: false },
} as const satisfies Readonly<Record<string, AssetColumn>>;

export type AssetColumnName = keyof typeof assetColumns;
export const assetColumnNames = Object.keys(assetColumns) as AssetColumnName[];

/** The names of the columns whose entries have the properties `Match`. */
export type ColumnsWith<Match> = {
  [Name in AssetColumnName]: (typeof assetColumns)[Name] extends Match ? Name : never;
}[AssetColumnName];

/** Returns the columns whose entries have all of these properties, in their order. */
export function columnsWith<const Match extends Partial<AssetColumn>>(match: Match): ColumnsWith<Match>[] {
  const properties = Object.entries(match) as [keyof AssetColumn, unknown][];
  return assetColumnNames.filter((name) =>
    properties.every(([property, value]) => assetColumns[name][property] === value),
  ) as ColumnsWith<Match>[];
}

/** Returns the zod shape of rows with these columns. */
export function rowShape<Name extends AssetColumnName>(
  names: readonly Name[],
): { [Column in Name]: (typeof assetColumns)[Column]['row'] } {
  return Object.fromEntries(names.map((name) => [name, assetColumns[name].row])) as {
    [Column in Name]: (typeof assetColumns)[Column]['row'];
  };
}

/** One status for each step of the work on an asset, in the order of the index `assets_pending`. */
export const stepStatuses = columnsWith({ row: workStatus });

/** Builds the SQL condition that a step of an asset has a status, in the form that the index `assets_pending` serves. */
export function anyStepIs(status: WorkStatus): string {
  return `'${status}' IN (${stepStatuses.join(', ')})`;
}
