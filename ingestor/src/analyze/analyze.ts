/** What a scanned folder is by rules alone: its package type and where each asset belongs, with the proposal that says why. */
import path from 'node:path';
import type { Proposal } from '@ingesthub/schema/proposal.ts';
import type { PackageType } from '@ingesthub/schema/vocabulary.ts';
import type { ScannedFolder } from '../scan/scan-folder.ts';
import { atmanLayout } from './atman-layout.ts';
import type { Placement } from './layout.ts';
import type { PackageTypeFinding } from './package-type.ts';
import { primarySubject } from './primary-subject.ts';
import { vfxLayout } from './vfx-layout.ts';

/** What a person said about the package; it stands above the rules. */
export interface Overrides {
  readonly type?: PackageType | undefined;
  readonly subject?: string | undefined;
}

export interface Analysis {
  readonly type: PackageType;
  readonly proposal: Proposal;
  /** In the order of the scan's assets. */
  readonly placements: readonly Placement[];
  /** The subject of most assets; `shared` only when there is no other. */
  readonly primarySubject: string;
}

/**
 * @param folder the package's folder, absolute.
 * @param root the media root that it lies in.
 */
export function analyze(
  folder: string,
  root: string,
  scanned: ScannedFolder,
  finding: PackageTypeFinding,
  overrides: Overrides = {},
): Analysis {
  const type = overrides.type ?? finding.type;
  const belowRoot = path.relative(root, folder).split(path.sep).filter(Boolean);
  const layout =
    type === 'vfx'
      ? vfxLayout(scanned.assets, folder, belowRoot)
      : atmanLayout(scanned.assets, belowRoot.at(-1) ?? path.basename(folder));
  const { subject } = overrides;
  const placements =
    subject === undefined ? layout.placements : layout.placements.map((placement) => ({ ...placement, subject }));

  const decided = overrides.type !== undefined || subject !== undefined;
  return {
    type,
    placements,
    primarySubject: primarySubject(placements),
    proposal: {
      source: decided ? 'person' : 'rules',
      confidence: overrides.type === undefined ? finding.confidence : 1,
      signals: finding.signals,
      evidence: [
        ...(overrides.type === undefined ? [] : [`A person said that it is ${type}.`]),
        ...finding.evidence,
        ...(subject === undefined ? layout.evidence : [`A person said that the subject is ${subject}.`]),
        ...scanned.unreadable
          .slice(0, 20)
          .map(({ relativePath, problem }) => `${relativePath || 'The folder'} could not be read: ${problem}.`),
      ],
    },
  };
}
