/** VFX packages: face crops, plates and grids of one person. A folder has at least two of five signals. */
import path from 'node:path';
import { isFaceCropName } from '../../scan/names/face-crop.ts';
import { extensionOf } from '../../scan/names/file-types.ts';
import { type PackageFacts, SAMPLE_SIZE } from '../rules/listing.ts';
import { vfxLayout } from '../rules/vfx-layout.ts';
import { describeKind, type PackageKind, placedByRules, type Recognition } from './package-kind.ts';

const VFX_FOLDERS = new Set(['plate', 'aligned', 'visuals']);
/** Written beside the crops by programs that cut faces out of pictures. */
const FACE_SET_FILES = new Set(['faceset.json', 'faceset.pak']);
const FACE_SET_FOLDERS = new Set(['aligned_debug', 'aligned_resized']);
const MIN_PNG_SHARE = 0.9;
const MIN_FACE_CROP_SHARE = 0.8;
/** Indexed by the number of signals that hold. */
const CONFIDENCE = [0.1, 0.4, 0.7, 0.9, 1, 1] as const;

export const vfx: PackageKind = {
  ...describeKind('vfx'),
  recognise,
  async place({ folder, assets }, { said }) {
    const belowRoot = path.relative(folder.root, folder.path).split(path.sep).filter(Boolean);
    const { path: sourcePath, configSubject } = folder;
    const layout = vfxLayout(assets, { sourcePath, belowRoot, configSubject });
    return placedByRules({ ...layout, placements: said.impose(layout.placements) });
  },
  // Folders alone decide: there is nothing to correct.
  check: ({ placements }) => ({ placements, evidence: [], confidence: 1 }),
};

function recognise(facts: PackageFacts): Recognition {
  const sample = facts.fileNames.slice(0, SAMPLE_SIZE);
  const pngs = sample.filter((name) => extensionOf(name) === 'png');
  const crops = pngs.filter(isFaceCropName);
  const vfxFolder = [facts.folderName, ...facts.subfolderNames].find((name) => VFX_FOLDERS.has(name.toLowerCase()));
  const faceSet =
    facts.subfolderNames.find((name) => FACE_SET_FOLDERS.has(name.toLowerCase())) ??
    sample.find((name) => FACE_SET_FILES.has(name.toLowerCase()));

  const signals = {
    config: facts.hasConfig,
    vfx_folder: vfxFolder !== undefined,
    face_set: faceSet !== undefined,
    mostly_png: sample.length > 0 && pngs.length >= sample.length * MIN_PNG_SHARE,
    face_crop_names: pngs.length > 0 && crops.length >= pngs.length * MIN_FACE_CROP_SHARE,
  };
  const met = Object.values(signals).filter(Boolean).length;
  return {
    confidence: CONFIDENCE[met] ?? 0,
    signals,
    evidence: [
      `${met} of the 5 signals of a VFX package hold.`,
      signals.config ? 'There is a config.json.' : 'There is no config.json.',
      vfxFolder === undefined ? 'No folder is named plate, aligned or visuals.' : `A folder is named ${vfxFolder}.`,
      faceSet === undefined ? 'No file or folder marks a face set.' : `${faceSet} marks a face set.`,
      `${pngs.length} of the first ${sample.length} files are PNG.`,
      `${crops.length} of those are named like a face crop.`,
    ],
  };
}
