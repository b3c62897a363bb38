/** `ihub scan`: what a folder would become, without a write. */
import path from 'node:path';
import { analyze } from '../analyze/analyze.ts';
import { lookAtFolder } from '../analyze/look-at-folder.ts';
import { resolveUserPath } from '../config.ts';
import { checkFolder } from '../scan/check-folder.ts';
import { rootOf } from '../scan/media-roots.ts';
import { scanFolder } from '../scan/scan-folder.ts';
import { type Output, plural, table } from './output.ts';

const SHOWN = 50;

/** @throws FolderError */
export async function scanCommand(
  given: string,
  roots: readonly string[],
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const options = { roots, signal };
  const folder = await checkFolder(resolveUserPath(given), roots, signal);
  const scanned = await scanFolder(folder, options);
  const finding = await lookAtFolder(folder, options);
  const analysis = analyze(folder, rootOf(roots, folder) ?? folder, scanned, finding);

  const assets = scanned.assets.map((asset, index) => ({
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
  }));
  const document = {
    path: folder,
    name: path.basename(folder),
    type: analysis.type,
    subject: analysis.primarySubject,
    proposal: analysis.proposal,
    files: scanned.fileCount,
    assets,
    unreadable: scanned.unreadable.map(({ relativePath, problem }) => ({ relative_path: relativePath, problem })),
  };
  const rows = assets.slice(0, SHOWN).map((asset) => {
    const { first_frame: first, last_frame: last, missing_frames: missing } = asset;
    const frames = first === null ? '' : `${first}-${last}${missing === null ? '' : ` without ${missing}`}`;
    return [
      asset.relative_path,
      asset.file_type,
      asset.asset_type ?? '',
      asset.subject ?? '',
      asset.camera ?? '',
      frames,
    ];
  });
  output.result(document, [
    `${folder}: ${analysis.type}, ${plural(scanned.fileCount, 'file')}, ${plural(assets.length, 'asset')}`,
    ...analysis.proposal.evidence.map((sentence) => `  ${sentence}`),
    '',
    ...table(['path', 'file type', 'asset type', 'subject', 'camera', 'frames'], rows),
    ...(assets.length > SHOWN ? [`… and ${assets.length - SHOWN} more (--json lists all)`] : []),
  ]);
}
