/** Works out where a folder's assets would be linked in dataset directories; makes nothing. */
import { chooseDirectories } from '../../link/choose-directories.ts';
import { openDatasets } from '../../link/datasets.ts';
import { linkPathOf, packageFolder } from '../../link/link-path.ts';
import { LinkRefused } from '../../link/link-problem.ts';
import type { Proposed } from './propose.ts';

export interface PlannedLinks {
  readonly datasets_root: string;
  /** The reason why nothing would be linked at all. */
  readonly problem: string | null;
  readonly subjects: readonly { subject: string; directory: string; problem: string | null }[];
  readonly links: readonly { relative_path: string; link: string }[];
}

/** @param directories the existing directories of subjects, by subject name in lower case. */
export async function plannedLinks(
  { scanned, placements }: Proposed,
  packageName: string,
  directories: ReadonlyMap<string, string>,
  { datasetsRoot, mediaRoots }: { datasetsRoot: string; mediaRoots: readonly string[] },
): Promise<PlannedLinks> {
  try {
    const datasets = await openDatasets(datasetsRoot, mediaRoots);
    const names = [...new Set(placements.flatMap((placement) => (placement === null ? [] : [placement.subject])))];
    const subjects = names.map((name) => ({
      id: name,
      name,
      datasetDirectory: directories.get(name.toLowerCase()) ?? null,
    }));
    const choices = chooseDirectories(subjects, datasets.directories, true);
    return {
      datasets_root: datasetsRoot,
      problem: null,
      subjects: [...choices].map(([subject, { directory, problem }]) => ({ subject, directory, problem })),
      links: scanned.assets.flatMap((asset, index) => {
        const placement = placements[index];
        const choice = placement ? choices.get(placement.subject) : undefined;
        if (!placement || choice === undefined || choice.problem !== null) return [];
        const { relativePath, fileType, sequence } = asset;
        const link = linkPathOf(packageFolder(datasetsRoot, choice.directory, packageName), {
          id: relativePath,
          relativePath,
          fileType,
          assetType: placement.assetType,
          firstFrame: sequence?.first ?? null,
          lastFrame: sequence?.last ?? null,
          framePadding: sequence?.padding ?? null,
          missingFrames: sequence?.missing ?? null,
        });
        return [{ relative_path: relativePath, link }];
      }),
    };
  } catch (error) {
    if (!(error instanceof LinkRefused)) throw error;
    return { datasets_root: datasetsRoot, problem: error.message, subjects: [], links: [] };
  }
}

export function plannedLinkLines(planned: PlannedLinks | null): string[] {
  if (planned === null) return ['No links would be made.'];
  const { datasets_root, problem, subjects, links } = planned;
  if (problem !== null) return [`No links could be made: ${problem}`];
  return [
    `Would link ${links.length} of the assets in ${datasets_root}:`,
    ...subjects.map(({ subject, directory, problem: why }) => `  ${subject}: ${why ?? directory}`),
  ];
}
