/** Renders a proposal for people: its type and evidence, then file by file. */

import { plural, table } from '../terminal/text-table.ts';
import type { ProposalDocument } from './propose.ts';

const SHOWN = 50;

export function proposalHead({ path, type, files, assets, subject, proposal }: ProposalDocument): string[] {
  const sure = `${Math.round(proposal.confidence * 100)} % sure, by ${proposal.source}`;
  return [
    `${path}: ${type} (${sure}), subject ${subject}, ${plural(files, 'file')}, ${plural(assets.length, 'asset')}`,
    ...proposal.evidence.map((sentence) => `  ${sentence}`),
    ...proposal.problems.map((sentence) => `  Problem: ${sentence}`),
  ];
}

export function proposalLines(document: ProposalDocument): string[] {
  const { assets, unreadable, partial } = document;
  const rows = assets.slice(0, SHOWN).map((asset) => {
    const { relative_path, file_type, asset_type, subject, camera } = asset;
    return [relative_path, file_type, asset_type ?? '', subject ?? '', camera ?? '', framesOf(asset)];
  });
  return [
    ...proposalHead(document),
    ...(unreadable.length > 0 ? [`  ${plural(unreadable.length, 'place')} could not be read.`] : []),
    ...(partial.length > 0 ? [`  ${plural(partial.length, 'file')} still being copied, left out for now.`] : []),
    '',
    ...table(['path', 'file type', 'asset type', 'subject', 'camera', 'frames'], rows),
    ...(assets.length > SHOWN ? [`… and ${assets.length - SHOWN} more (--json lists all)`] : []),
  ];
}

function framesOf(asset: ProposalDocument['assets'][number]): string {
  const { first_frame: first, last_frame: last, missing_frames: missing, duplicate_frames: duplicates } = asset;
  if (first === null) return '';
  const gaps = missing === null ? '' : ` without ${missing}`;
  // Duplicates have the same number with another padding; only a person knows which of the files is meant.
  return `${first}-${last}${gaps}${duplicates === null ? '' : `, ${duplicates} also with another padding`}`;
}
