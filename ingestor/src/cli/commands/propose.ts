/** Scans a folder and proposes where each asset belongs and why. Writes nothing. */
import path from 'node:path';
import type { FolderProposal } from '@ingesthub/schema/library/proposal.ts';
import { folderToPropose } from '../../analyze/config-file.ts';
import { type Overrides, proposeFolder } from '../../analyze/propose-folder.ts';
import type { Placement } from '../../analyze/rules/layout.ts';
import { applyEntries } from '../../analyze/rules/placement-rules.ts';
import { rootOf } from '../../scan/media-roots.ts';
import { type ScannedFolder, scanFolder } from '../../scan/scan-folder.ts';
import { readModelAvailability } from '../../settings/config.ts';
import { analysisAnswers } from '../../sql/analysis-answers.ts';
import type { Sql } from '../../sql/client.ts';
import { findCorrections, likelyProject } from '../../sql/corrections.ts';
import { projectIdNamed } from '../../sql/find-by-name.ts';

export interface Proposed {
  readonly folder: string;
  readonly scanned: ScannedFolder;
  readonly proposal: FolderProposal;
  /** In the order of the scan's assets. */
  readonly placements: readonly (Placement | null)[];
}

export interface ProposeContext {
  readonly roots: readonly string[];
  /** Null: corrections of other folders and cached model answers are not available. */
  readonly sql: Sql | null;
  readonly signal: AbortSignal;
}

/** @param folder absolute, symlinks resolved, inside a root. */
export async function propose(
  folder: string,
  { roots, sql, signal }: ProposeContext,
  { project, ...overrides }: Overrides & { readonly project?: string } = {},
): Promise<Proposed> {
  const scanned = await scanFolder(folder, { roots, signal });
  const root = rootOf(roots, folder) ?? folder;
  const known = sql === null ? null : analysisAnswers(sql);
  const projectId = sql === null ? null : await projectOf(sql, folder, project);
  const proposal = await proposeFolder(await folderToPropose(folder, root), scanned, {
    // Proposing writes nothing, not even the model's answers.
    model: { ...readModelAvailability(), cache: known && { get: (hash) => known.get(hash), put: async () => {} } },
    findCorrections: async (patterns) => (sql === null ? [] : findCorrections(sql, { patterns, projectId })),
    signal,
    overrides,
  });
  return { folder, scanned, proposal, placements: applyEntries(proposal.entries, scanned.assets) };
}

/** @param name the project that a person named; undefined: it is guessed. */
function projectOf(sql: Sql, folder: string, name: string | undefined): Promise<string | null> {
  return name === undefined ? likelyProject(sql, folder) : projectIdNamed(sql, name);
}

/** Builds the document of `ihub scan`. */
export function proposalDocument({ folder, scanned, proposal, placements }: Proposed) {
  // The subjects are listed file by file.
  const { entries: _entries, type, primary_subject: subject, ...said } = proposal;
  return {
    path: folder,
    name: path.basename(folder),
    type,
    subject,
    proposal: said,
    files: scanned.fileCount,
    assets: scanned.assets.map((asset, index) => ({
      relative_path: asset.relativePath,
      file_type: asset.fileType,
      asset_type: placements[index]?.assetType ?? null,
      subject: placements[index]?.subject ?? null,
      camera: placements[index]?.camera ?? null,
      because: placements[index]?.because ?? null,
      confidence: placements[index]?.confidence ?? null,
      size_bytes: asset.size,
      first_frame: asset.sequence?.first ?? null,
      last_frame: asset.sequence?.last ?? null,
      frame_count: asset.sequence?.count ?? null,
      missing_frames: asset.sequence?.missing ?? null,
      duplicate_frames: asset.sequence?.duplicates ?? null,
    })),
    partial: scanned.partial,
    unreadable: scanned.unreadable.map(({ relativePath, problem }) => ({ relative_path: relativePath, problem })),
  };
}
export type ProposalDocument = ReturnType<typeof proposalDocument>;
