/** Places VFX files: subject, asset type and camera by the folders that a file lies in. */
import type { AssetType } from '@ingesthub/schema/library/vocabulary.ts';
import { DEFAULT_CAMERA, foldersOf, type Layout, type LayoutFile } from './layout.ts';

/** Folder names that describe content, not a person. */
const GENERIC = new Set(['media', 'external', 'aligned', 'from_client', 'visuals', 'plate', 'plates', 'grid', 'grids']);

/**
 * @param sourcePath the package's folder, absolute.
 * @param belowRoot its folders below the media root, ending with the package's own; [] for the root itself.
 */
export function vfxLayout(files: readonly LayoutFile[], sourcePath: string, belowRoot: readonly string[]): Layout {
  const dataset = datasetOf(sourcePath);
  const folderName = sourcePath.split('/').at(-1) ?? sourcePath;
  const subjects = new Set<string>();
  const placements = files.map((file) => {
    const folders = [...belowRoot, ...foldersOf(file.relativePath)];
    const subject = dataset ?? folders.find((name) => !GENERIC.has(name.toLowerCase())) ?? folderName;
    subjects.add(subject);
    return { subject, camera: DEFAULT_CAMERA, assetType: assetTypeOf([folderName, ...folders]) };
  });
  const origin = dataset === null ? 'the folders below the media root' : 'the folder after /datasets/';
  return { placements, evidence: [...subjects].slice(0, 10).map((name) => `Subject ${name}, from ${origin}.`) };
}

/** Returns the path component after `/datasets/`; for `job__name`, the name. */
function datasetOf(sourcePath: string): string | null {
  const component = /\/datasets\/([^/]+)/.exec(sourcePath)?.[1];
  if (component === undefined) return null;
  const separator = component.indexOf('__');
  return component.slice(separator < 0 ? 0 : separator + 2) || component;
}

function assetTypeOf(folders: readonly string[]): AssetType {
  const names = new Set(folders.map((name) => name.toLowerCase()));
  if (names.has('grid') || names.has('grids')) return 'grid';
  return names.has('plate') ? 'plate' : 'aligned';
}
