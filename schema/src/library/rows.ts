/**
 * The rows of the library, one zod object per table; those of `assets` are described in `asset-columns.ts`. A test
 * compares them with the migrated database and fails for a column that only one of the two has. `null` means unknown or
 * not applicable, never 0.
 */
import { z } from 'zod';
import { safeInteger, signed64, timestamp } from '../values/row-values.ts';
import { assetColumnNames, columnsWith, rowShape } from './asset-columns.ts';
import { assetDetails, poseConvention } from './asset-details.ts';
import { correctionKind } from './corrections.ts';
import { placementEntry } from './placements.ts';
import { folderProposal, proposal } from './proposal.ts';
import { runOptions } from './run-options.ts';
import {
  assetType,
  incomingDecision,
  incomingStatus,
  mutationStatus,
  packageStatus,
  packageType,
  runHold,
  runStatus,
} from './vocabulary.ts';

const tags = z.array(z.string());

const stamps = { created_at: timestamp, updated_at: timestamp, updated_by: z.string() };
const pickedUp = { picked_up_at: timestamp.nullable(), picked_up_by: z.string().nullable() };
/** When and by whom a row was deleted. It can be restored for 30 days; then the row is removed. */
const deleted = { deleted_at: timestamp.nullable(), deleted_by: z.string().nullable() };

export const projectRow = z.object({
  id: z.uuid(),
  name: z.string(),
  type: packageType,
  client: z.string().nullable(),
  notes: z.string().nullable(),
  tags,
  ...deleted,
  ...stamps,
});
export type ProjectRow = z.infer<typeof projectRow>;

export const subjectRow = z.object({
  id: z.uuid(),
  project_id: z.uuid(),
  name: z.string(),
  dataset_directory: z.string().nullable(),
  notes: z.string().nullable(),
  tags,
  ...deleted,
  ...stamps,
});
export type SubjectRow = z.infer<typeof subjectRow>;

export const packageRow = z.object({
  id: z.uuid(),
  project_id: z.uuid(),
  subject_id: z.uuid().nullable(),
  name: z.string(),
  type: packageType,
  status: packageStatus,
  problem: z.string().nullable(),
  source_path: z.string(),
  description: z.string().nullable(),
  tags,
  proposal: proposal.nullable(),
  links_made: z.number().int(),
  links_failed: z.number().int(),
  link_problem: z.string().nullable(),
  ...pickedUp,
  ...deleted,
  ...stamps,
});
export type PackageRow = z.infer<typeof packageRow>;

/** A package in central Postgres, with the columns that only the ingestor needs. */
export const storedPackageRow = packageRow.extend({
  media_root: z.string().nullable(),
  fingerprint: z.string().nullable(),
  /** Status and problem before the package was last queued or processed; null until its first ingest has ended. */
  former_status: z.enum(['ready', 'error']).nullable(),
  former_problem: z.string().nullable(),
});

export const packageSubjectRow = z.object({
  package_id: z.uuid(),
  subject_id: z.uuid(),
  project_id: z.uuid(),
});

/** A folder of a package that has or had assets; it keeps its number. */
export const folderRow = z.object({
  package_id: z.uuid(),
  number: z.number().int(),
  project_id: z.uuid(),
  path: z.string(),
});
export type FolderRow = z.infer<typeof folderRow>;

export const storedFolderRow = folderRow.extend({ fingerprint: z.string().nullable() });

export const assetRow = z.object(rowShape(columnsWith({ replicated: true })));
/** An asset as replicas store it: the columns that a grid shows, sorts and filters by. */
export type AssetRow = z.infer<typeof assetRow>;

/** An asset in central Postgres, with the columns that only the server and the ingestor need. */
export const storedAssetRow = z.object(rowShape(assetColumnNames));
export type StoredAssetRow = z.infer<typeof storedAssetRow>;

/** Identities of the files that were a sequence's frames when it was last scanned. */
export const assetFramesRow = z.object({ asset_id: z.uuid(), keys: z.array(signed64) });

/** An asset that was merged into another because both were the same file. */
export const mergedAssetRow = z.object({ id: z.uuid(), into_id: z.uuid(), merged_at: timestamp });

/** Which file an asset was before another one came under its name. */
export const formerFileRow = storedAssetRow
  .pick({ file_type: true, size_bytes: true, inode: true, modified_ns: true, changed_ns: true, content_hash: true })
  .extend({ asset_id: z.uuid(), since: timestamp });

export const assetTagRow = z.object({
  asset_id: z.uuid(),
  tag: z.string(),
  package_id: z.uuid(),
  project_id: z.uuid(),
});

/** Metadata read one asset at a time; replicas hold it only for packages that were opened there. */
export const assetMetadataRow = z.object({
  asset_id: z.uuid(),
  package_id: z.uuid(),
  frame_rate_numerator: z.number().int().nullable(),
  frame_rate_denominator: z.number().int().nullable(),
  codec: z.string().nullable(),
  audio_codec: z.string().nullable(),
  audio_channels: z.number().int().nullable(),
  sample_rate: z.number().int().nullable(),
  details: assetDetails.nullable(),
});
export type AssetMetadataRow = z.infer<typeof assetMetadataRow>;

export const savedFilterRow = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Path within the app, from its root: `/packages/…?type=image`. */
  address: z.string(),
  ...deleted,
  ...stamps,
});
export type SavedFilterRow = z.infer<typeof savedFilterRow>;

/** A correction: a statement about names by a person, kept for the next analysis. */
export const correctionRow = z.object({
  id: z.uuid(),
  /** Null: for the whole studio. */
  project_id: z.uuid().nullable(),
  kind: correctionKind,
  name: z.string(),
  value: z.string().nullable(),
  ...deleted,
  ...stamps,
});
export type CorrectionRow = z.infer<typeof correctionRow>;

/** The change of a package's counts of one asset type within an hour. */
const countChanges = {
  package_id: z.uuid(),
  asset_type: assetType,
  /** The start of the hour. */
  hour: timestamp,
  asset_count: z.number().int(),
  size_bytes: safeInteger,
  approved_count: z.number().int(),
  rejected_count: z.number().int(),
  flagged_count: z.number().int(),
  picked_up_count: z.number().int(),
  /** Assets that are damaged, not on disk, or sequences with gaps. */
  problem_count: z.number().int(),
  missing_count: z.number().int(),
  gap_count: z.number().int(),
  /**
   * Assets that got their first verdict in this hour, less those that were set back to unreviewed in it. Undo sets back,
   * so that a review that was taken back in the same hour does not count; a changed verdict counts once.
   */
  reviewed_count: z.number().int(),
};

/**
 * The change of a package's counts within an hour; all hours together are what the counts are now. Sidecars count by
 * their bytes alone, deleted assets not at all. The row of 1970 sums the hours before the last 40 days.
 */
export const hourlyCountRow = z.object({
  ...countChanges,
  /**
   * The time of a count of assets that were there before: of older changes only the creation of assets is known. Null:
   * everything is known.
   */
  counted_since: timestamp.nullable(),
});
export type HourlyCountRow = z.infer<typeof hourlyCountRow>;

/** A change of counts that has not been added to `hourly_counts` yet. */
export const countChangeRow = z.object(countChanges);

export const runRow = z.object({
  id: z.uuid(),
  project_id: z.uuid(),
  package_id: z.uuid(),
  status: runStatus,
  problem: z.string().nullable(),
  host: z.string().nullable(),
  files_found: z.number().int(),
  assets_registered: z.number().int(),
  assets_probed: z.number().int(),
  thumbnails_made: z.number().int(),
  proxies_made: z.number().int(),
  assets_failed: z.number().int(),
  held: runHold.nullable(),
  options: runOptions.nullable(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  finished_at: timestamp.nullable(),
  updated_at: timestamp,
  updated_by: z.string(),
});
export type RunRow = z.infer<typeof runRow>;

/** A run in central Postgres, with the columns that only the ingestor needs. */
export const storedRunRow = runRow.extend({
  /** True for a cancelled run that left nothing to do. */
  undone: z.boolean(),
});

/** A failure that a run reset to pending; cancelling the run restores it. */
export const retriedFailureRow = z.object({
  run_id: z.uuid(),
  asset_id: z.uuid(),
  version: z.string(),
  steps: z.array(z.string()),
  problem: z.string().nullable(),
});

/** The row that a server changes to check that changes come back through its shape source. */
export const followCheckRow = z.object({ id: z.number().int(), token: z.uuid() });

/** A folder below a media root that is not a package yet, or was not when it was found. */
export const incomingRow = z.object({
  id: z.uuid(),
  source_path: z.string(),
  name: z.string(),
  status: incomingStatus,
  problem: z.string().nullable(),
  file_count: z.number().int(),
  size_bytes: safeInteger,
  changed_at: timestamp,
  proposal: folderProposal.nullable(),
  type: packageType.nullable(),
  placements: z.array(placementEntry).nullable(),
  description: z.string().nullable(),
  tags,
  options: runOptions.nullable(),
  project_id: z.uuid().nullable(),
  decision: incomingDecision.nullable(),
  package_id: z.uuid().nullable(),
  ...stamps,
});

export const storedIncomingRow = incomingRow.extend({
  media_root: z.string().nullable(),
  fingerprint: z.string().nullable(),
});
export type StoredIncomingRow = z.infer<typeof storedIncomingRow>;

/** A mutation's acknowledgement as its client's replica stores it. */
export const mutationRow = z.object({
  id: z.uuid(),
  client: z.uuid(),
  name: z.string(),
  status: mutationStatus,
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  created_at: timestamp,
});

/** A mutation in central Postgres, with its arguments and the person who sent it. */
export const storedMutationRow = mutationRow.extend({
  args: z.unknown(),
  actor: z.string().nullable(),
});

export const ingestorRow = z.object({
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  media_roots: z.array(z.string()),
  tools: z.record(z.string(), z.string().nullable()),
  started_at: timestamp,
  seen_at: timestamp,
  problem: z.string().nullable(),
});
export type IngestorRow = z.infer<typeof ingestorRow>;

export const mediaRootRow = z.object({
  id: z.string(),
  host: z.string(),
  path: z.string(),
  has_sentinel: z.boolean(),
  problem: z.string().nullable(),
  seen_at: timestamp,
});

export const wantedRow = z.object({ asset_id: z.uuid(), wanted_at: timestamp });

export const forgottenFileRow = z.object({
  package_id: z.uuid(),
  relative_path: z.string(),
  size_bytes: safeInteger,
  modified_ns: signed64.nullable(),
});

export const analysisAnswerRow = z.object({
  listing_hash: z.string(),
  model: z.string(),
  answer: z.record(z.string(), z.unknown()),
  prompt_tokens: z.number().int().nullable(),
  output_tokens: z.number().int().nullable(),
  created_at: timestamp,
});

export const packagePosesRow = z.object({
  package_id: z.uuid(),
  pose_count: z.number().int(),
  beyond_count: z.number().int(),
  away_count: z.number().int(),
  largest: z.number(),
  convention: poseConvention.nullable(),
});

export const datasetLinkRow = z.object({
  asset_id: z.uuid(),
  package_id: z.uuid(),
  host: z.string(),
  link_path: z.string(),
  target: z.string(),
  problem: z.string().nullable(),
  updated_at: timestamp,
});

export const staleLinkRow = z.object({ host: z.string(), link_path: z.string(), target: z.string() });

export const packageSummaryRow = z.object({
  package_id: z.uuid(),
  project_id: z.uuid(),
  asset_count: z.number().int(),
  size_bytes: safeInteger,
  duration_seconds: z.number().nullable(),
  video_count: z.number().int(),
  image_count: z.number().int(),
  sequence_count: z.number().int(),
  audio_count: z.number().int(),
  other_count: z.number().int(),
  approved_count: z.number().int(),
  rejected_count: z.number().int(),
  flagged_count: z.number().int(),
  problem_count: z.number().int(),
  posed_count: z.number().int(),
});
export type PackageSummaryRow = z.infer<typeof packageSummaryRow>;

export const subjectSummaryRow = z.object({
  subject_id: z.uuid(),
  project_id: z.uuid(),
  package_count: z.number().int(),
  asset_count: z.number().int(),
  size_bytes: safeInteger,
  duration_seconds: z.number().nullable(),
  posed_count: z.number().int(),
});
