/** What a folder would become: its scan, with where each asset would belong and why. */
import path from 'node:path';
import { type Analysis, analyze, type Overrides } from '../analyze/analyze.ts';
import { lookAtFolder } from '../analyze/look-at-folder.ts';
import { rootOf } from '../scan/media-roots.ts';
import { type ScannedFolder, scanFolder } from '../scan/scan-folder.ts';

export interface Proposed {
  readonly folder: string;
  readonly scanned: ScannedFolder;
  readonly analysis: Analysis;
}

/** @param folder absolute, symlinks resolved, inside a root. */
export async function propose(
  folder: string,
  roots: readonly string[],
  signal: AbortSignal,
  overrides: Overrides = {},
): Promise<Proposed> {
  const scanned = await scanFolder(folder, { roots, signal });
  const finding = await lookAtFolder(folder, { roots, signal });
  return { folder, scanned, analysis: analyze(folder, rootOf(roots, folder) ?? folder, scanned, finding, overrides) };
}

/** The document of `ihub scan`. */
export function proposalDocument({ folder, scanned, analysis }: Proposed) {
  return {
    path: folder,
    name: path.basename(folder),
    type: analysis.type,
    subject: analysis.primarySubject,
    proposal: analysis.proposal,
    files: scanned.fileCount,
    assets: scanned.assets.map((asset, index) => ({
      relative_path: asset.relativePath,
      file_type: asset.fileType,
      asset_type: analysis.placements[index]?.assetType ?? null,
      subject: analysis.placements[index]?.subject ?? null,
      camera: analysis.placements[index]?.camera ?? null,
      size_bytes: asset.size,
      first_frame: asset.sequence?.first ?? null,
      last_frame: asset.sequence?.last ?? null,
      frame_count: asset.sequence?.count ?? null,
      missing_frames: asset.sequence?.missing ?? null,
    })),
    partial: scanned.partial,
    unreadable: scanned.unreadable.map(({ relativePath, problem }) => ({ relative_path: relativePath, problem })),
  };
}
export type ProposalDocument = ReturnType<typeof proposalDocument>;
