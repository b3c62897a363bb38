/** Previews what linking a package would do now, from the rows and the disk. Writes nothing. */
import path from 'node:path';
import { foldersBelow, readLinks } from './link-folders.ts';
import { type LinkOptions, openForLinks } from './link-package.ts';
import { isOfDisk, linkProblem } from './link-problem.ts';
import { readPackageLinks, wantedLinks } from './package-links.ts';
import { planFolder, type WantedLink } from './plan-links.ts';

/** One per asset: a sequence's link has #s and counts its `files`. */
interface PreviewedLink {
  readonly link: string;
  readonly target: string;
  readonly files: number;
}

export interface LinkPreview {
  readonly make: PreviewedLink[];
  readonly replace: PreviewedLink[];
  readonly keep: PreviewedLink[];
  /** Links on disk. */
  readonly remove: string[];
  readonly collisions: { readonly link: string; readonly problem: string }[];
  /** Dataset directories that would be assigned to subjects or created. */
  readonly directories: string[];
}

/**
 * @returns null when the package does not exist.
 * @throws LinkRefused when nothing can be linked on this host.
 */
export async function previewLinks(
  packageId: string,
  options: Omit<LinkOptions, 'datasetsRoot' | 'log'> & { datasetsRoot: string },
): Promise<LinkPreview | null> {
  const { sql, host, signal, makesDirectories = true } = options;
  const datasets = await openForLinks(options.datasetsRoot, options);
  const links = await readPackageLinks(sql, packageId, host, datasets, makesDirectories);
  if (links === null) return null;
  const preview: LinkPreview = {
    make: [],
    replace: [],
    keep: [],
    remove: [],
    collisions: links.refused.map(({ linkPath, problem }) => ({ link: linkPath, problem: problem ?? '' })),
    directories: links.newDirectories.map(({ directory }) => directory),
  };
  for (const [folder, assets] of [...links.folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    signal.throwIfAborted();
    try {
      const plan = planFolder(await wantedLinks(assets), await readLinks(datasets, folder), links.ownership);
      for (const action of ['make', 'replace', 'keep'] as const) {
        const files = countByAsset(plan[action]);
        for (const { asset, linkPath: link, target } of assets) {
          const count = files.get(asset.id);
          if (count !== undefined) preview[action].push({ link, target, files: count });
        }
      }
      preview.collisions.push(
        ...plan.collisions.map(({ name, problem }) => ({ link: path.join(folder, name), problem })),
      );
      preview.remove.push(...plan.remove.map(({ name }) => path.join(folder, name)));
    } catch (error) {
      if (!isOfDisk(error)) throw error;
      const problem = linkProblem(error, folder);
      preview.collisions.push(...assets.map(({ linkPath }) => ({ link: linkPath, problem })));
    }
  }
  for (const top of links.packageFolders) {
    const below = await foldersBelow(datasets, top, signal).catch((error: unknown) => {
      if (!isOfDisk(error)) throw error;
      return [];
    });
    for (const folder of below.filter((each) => !links.folders.has(each))) {
      const plan = planFolder([], await readLinks(datasets, folder), links.ownership);
      preview.remove.push(...plan.remove.map(({ name }) => path.join(folder, name)));
    }
  }
  return preview;
}

function countByAsset(links: readonly WantedLink[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { assetId } of links) counts.set(assetId, (counts.get(assetId) ?? 0) + 1);
  return counts;
}
