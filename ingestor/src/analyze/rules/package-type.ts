/** Determines whether a folder is a VFX or an ATMAN package: VFX has at least two of four signals. */
import type { PackageType } from '@ingesthub/schema/vocabulary.ts';
import { isFaceCropName } from '../../scan/names/face-crop.ts';
import { extensionOf } from '../../scan/names/file-types.ts';

/** The facts that the signals are read from. */
export interface PackageFacts {
  /** The folder's own name. */
  readonly folderName: string;
  /** A `config.json` in the folder or in its parent. */
  readonly hasConfig: boolean;
  /** Names of the folders below it, at any depth. */
  readonly subfolderNames: readonly string[];
  /** Names of its first files; only the first 200 are used. */
  readonly fileNames: readonly string[];
}

export interface PackageTypeFinding {
  readonly type: PackageType;
  /** 0 to 1. */
  readonly confidence: number;
  readonly signals: { config: boolean; vfx_folder: boolean; mostly_png: boolean; face_crop_names: boolean };
  readonly evidence: readonly string[];
}

/** Files that the two signals about names use. */
export const SAMPLE_SIZE = 200;
const VFX_FOLDERS = new Set(['plate', 'aligned', 'visuals']);
const MIN_PNG_SHARE = 0.9;
const MIN_FACE_CROP_SHARE = 0.8;
/** Indexed by the number of signals that hold. */
const CONFIDENCE = [0.9, 0.6, 0.7, 0.9, 1] as const;

export function findPackageType(facts: PackageFacts): PackageTypeFinding {
  const sample = facts.fileNames.slice(0, SAMPLE_SIZE);
  const pngs = sample.filter((name) => extensionOf(name) === 'png');
  const crops = pngs.filter(isFaceCropName);
  const vfxFolder = [facts.folderName, ...facts.subfolderNames].find((name) => VFX_FOLDERS.has(name.toLowerCase()));

  const signals = {
    config: facts.hasConfig,
    vfx_folder: vfxFolder !== undefined,
    mostly_png: sample.length > 0 && pngs.length >= sample.length * MIN_PNG_SHARE,
    face_crop_names: pngs.length > 0 && crops.length >= pngs.length * MIN_FACE_CROP_SHARE,
  };
  const held = Object.values(signals).filter(Boolean).length;
  return {
    type: held >= 2 ? 'vfx' : 'atman',
    confidence: CONFIDENCE[held] ?? 0,
    signals,
    evidence: [
      `${held} of the 4 signals of a VFX package hold.`,
      signals.config ? 'There is a config.json.' : 'There is no config.json.',
      vfxFolder === undefined ? 'No folder is named plate, aligned or visuals.' : `A folder is named ${vfxFolder}.`,
      `${pngs.length} of the first ${sample.length} files are PNG.`,
      `${crops.length} of those are named like a face crop.`,
    ],
  };
}
