/** Reads the links that a package should have, and those that its rows record. Changes nothing. */
import path from 'node:path';
import { storedText } from '@ingesthub/schema/paths/stored-path.ts';
import { spelledNames } from '../scan/names/spelled-names.ts';
import type { Sql } from '../sql/client.ts';
import {
  findLinks,
  findPackageToLink,
  findWantedAssets,
  type LinkRecord,
  type PackageToLink,
  type WantedAsset,
} from '../sql/dataset-links.ts';
import { chooseDirectories, type DirectoryChoice } from './choose-directories.ts';
import type { Datasets } from './datasets.ts';
import { fileNamesOf, isPlainRelative, linkPathOf, packageFolder, packageFolderOf, targetOf } from './link-path.ts';
import type { Ownership, WantedLink } from './plan-links.ts';

export interface PackageLinks {
  readonly package: PackageToLink;
  /** Assets whose links can be made, by the folder of their links. */
  readonly folders: ReadonlyMap<string, readonly LinkedAsset[]>;
  /** Assets that cannot be linked, with the reason. */
  readonly refused: readonly LinkRecord[];
  /** Assets whose rows record links that are unwanted or different. */
  readonly outdated: readonly string[];
  /** Current and former folders of the package, which may contain its links. */
  readonly packageFolders: readonly string[];
  /** Subjects that get a new directory. */
  readonly newDirectories: readonly { subjectId: string; directory: string }[];
  /** Questions about its subjects that a person has to answer. */
  readonly questions: readonly string[];
  readonly ownership: Ownership;
}

export interface LinkedAsset {
  readonly asset: WantedAsset;
  readonly linkPath: string;
  readonly target: string;
}

/** @returns null when the package does not exist. */
export async function readPackageLinks(
  sql: Sql,
  packageId: string,
  host: string,
  datasets: Datasets,
  makesDirectories: boolean,
): Promise<PackageLinks | null> {
  const found = await findPackageToLink(sql, packageId);
  if (found === null) return null;
  const assets = await findWantedAssets(sql, packageId);
  const rows = await findLinks(sql, packageId);

  const subjects = new Map(
    assets.map(({ subjectId, subject, datasetDirectory }) => [
      subjectId,
      { id: subjectId, name: subject, datasetDirectory },
    ]),
  );
  const choices = chooseDirectories([...subjects.values()], datasets.directories, makesDirectories);
  const { folders, refused, paths } = place(assets, choices, found, datasets.root);
  const outdated = rows.filter(({ assetId, linkPath, target }) => {
    const wanted = paths.get(assetId);
    return wanted === undefined || wanted.linkPath !== linkPath || wanted.target !== target;
  });
  const packageFolders = [
    ...[...choices.values()].filter(({ problem }) => problem === null).map(({ directory }) => directory),
  ].map((directory) => packageFolder(datasets.root, directory, found.name));
  const former = rows
    .filter((row) => row.host === host)
    .map(({ linkPath }) => packageFolderOf(datasets.root, linkPath));
  return {
    package: found,
    folders,
    refused,
    outdated: outdated.map(({ assetId }) => assetId),
    packageFolders: [...new Set([...packageFolders, ...former.filter((folder) => folder !== null)])],
    newDirectories: [...choices].flatMap(([subjectId, { directory, isNew }]) =>
      isNew ? [{ subjectId, directory }] : [],
    ),
    questions: [...choices.values()].flatMap(({ problem }) => (problem === null ? [] : [problem])),
    ownership: ownershipOf(found),
  };
}

/** Returns the links of one folder, one for each frame of a sequence. */
export async function wantedLinks(assets: readonly LinkedAsset[]): Promise<WantedLink[]> {
  const wanted: WantedLink[] = [];
  for (const { asset, target } of assets) {
    const folder = path.posix.dirname(target);
    const names = fileNamesOf(asset);
    const onDisk = asset.firstFrame === null ? names : await spelledNames(folder, names);
    for (const name of onDisk) wanted.push({ assetId: asset.id, name, target: targetOf(folder, name) });
  }
  return wanted;
}

function place(
  assets: readonly WantedAsset[],
  choices: ReadonlyMap<string, DirectoryChoice>,
  { name, sourcePath }: PackageToLink,
  root: string,
) {
  const folders = new Map<string, LinkedAsset[]>();
  const refused: LinkRecord[] = [];
  const paths = new Map<string, { linkPath: string; target: string }>();
  for (const asset of assets) {
    const choice = choices.get(asset.subjectId);
    if (choice === undefined) throw new Error(`no choice for the subject ${asset.subjectId}`);
    const linkPath = linkPathOf(packageFolder(root, choice.directory, name), asset);
    const target = targetOf(storedText(sourcePath), asset.relativePath);
    const problem = isPlainRelative(asset.relativePath) ? choice.problem : 'Its path leads out of its package.';
    if (problem !== null) {
      refused.push({ assetId: asset.id, linkPath, target, problem });
      continue;
    }
    paths.set(asset.id, { linkPath, target });
    const folder = path.posix.dirname(linkPath);
    const others = folders.get(folder);
    if (others) others.push({ asset, linkPath, target });
    else folders.set(folder, [{ asset, linkPath, target }]);
  }
  return { folders, refused, paths };
}

/** A link belongs to a package when it leads into the package's folder, but not into a nested package. */
function ownershipOf({ sourcePath, sharesFolder, foldersWithin }: PackageToLink): Ownership {
  const isBelow = (folder: string, target: string) => target.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
  return {
    isOurs: (target) =>
      path.posix.normalize(target) === target &&
      isBelow(storedText(sourcePath), target) &&
      !foldersWithin.some((folder) => isBelow(folder, target)),
    removesStrays: !sharesFolder,
  };
}
