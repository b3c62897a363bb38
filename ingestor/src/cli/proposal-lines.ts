/** A proposal for people: what and why, then file by file. */
import type { ProposalDocument } from './propose.ts';
import { plural, table } from './text-table.ts';

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
    const { first_frame: first, last_frame: last, missing_frames: missing } = asset;
    const frames = first === null ? '' : `${first}-${last}${missing === null ? '' : ` without ${missing}`}`;
    const { relative_path, file_type, asset_type, subject, camera } = asset;
    return [relative_path, file_type, asset_type ?? '', subject ?? '', camera ?? '', frames];
  });
  return [
    ...proposalHead(document),
    ...(unreadable.length > 0 ? [`  ${plural(unreadable.length, 'place')} could not be read.`] : []),
    ...(partial.length > 0 ? [`  ${plural(partial.length, 'file')} not whole yet, and left out until then.`] : []),
    '',
    ...table(['path', 'file type', 'asset type', 'subject', 'camera', 'frames'], rows),
    ...(assets.length > SHOWN ? [`… and ${assets.length - SHOWN} more (--json lists all)`] : []),
  ];
}
