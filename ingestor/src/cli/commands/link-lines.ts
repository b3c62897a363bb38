/** Renders links as text for people. */
import type { LinkPreview } from '../../link/preview-links.ts';
import type { FailedLink, PackageLinksReport } from '../../sql/link-reports.ts';
import { plural, table } from '../terminal/text-table.ts';

const SHOWN = 50;

export function linkLines(packages: readonly PackageLinksReport[], failed: readonly FailedLink[]): string[] {
  if (packages.length === 0) return ['There are no packages yet.'];
  return [
    ...table(
      ['name', 'project', 'linked', 'failed', 'problem'],
      packages.map(({ name, project, made, failed: lacking, problem }) => [
        name,
        project,
        String(made),
        String(lacking),
        problem ?? '',
      ]),
    ),
    ...(failed.length === 0 ? [] : ['']),
    ...cut(failed.map(({ relative_path, problem }) => `${relative_path}: ${problem}`)),
  ];
}

export function previewLines(packages: readonly (LinkPreview & { name: string; project: string })[]): string[] {
  if (packages.length === 0) return ['There is nothing to link.'];
  return packages.flatMap(({ name, project, make, replace, keep, remove, collisions, directories }) => [
    `${name} (${project}): ${plural(make.length, 'asset')} to link, ${replace.length} to relink, ${keep.length} already linked; ${plural(remove.length, 'link')} to remove, ${plural(collisions.length, 'problem')}.`,
    ...(directories.length === 0 ? [] : [`  dataset directories: ${directories.join(', ')}`]),
    ...cut([
      ...make.map(({ link, target }) => `  make    ${link} -> ${target}`),
      ...replace.map(({ link, target }) => `  replace ${link} -> ${target}`),
      ...remove.map((link) => `  remove  ${link}`),
      ...collisions.map(({ link, problem }) => `  problem ${link}: ${problem}`),
    ]),
  ]);
}

function cut(lines: readonly string[]): string[] {
  if (lines.length <= SHOWN) return [...lines];
  return [...lines.slice(0, SHOWN), `  … and ${lines.length - SHOWN} more (--json lists all)`];
}
