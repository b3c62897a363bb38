/** Deletes several projects at once, and says what goes along. */
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import type { TogetherOptions } from '../lists/change-together.ts';

/** The contents of projects; null: not known. */
export interface HeldByProjects {
  readonly packages: number;
  readonly assets: number | null;
}

export function deleteProjects(
  ids: readonly string[],
  held: HeldByProjects,
): TogetherOptions & { readonly calls: readonly MutationCall[] } {
  return {
    calls: [{ name: 'projects.delete', args: { ids: [...ids] } }],
    label: `Delete ${formatCountOf(ids.length, 'project')}`,
    done: (count) => `Deleted ${formatCountOf(count, 'project')}${withText(held)}`,
  };
}

/** Says before a deletion what goes along. */
export function deleteProjectsTitle(count: number, held: HeldByProjects): string {
  return `Delete ${formatCountOf(count, 'project')}${withText(held)} (restorable for 30 days)`;
}

function withText({ packages, assets }: HeldByProjects): string {
  if (packages === 0) return '';
  const inside = assets === null ? 'their assets' : `${formatCount(assets)} ${assets === 1 ? 'asset' : 'assets'}`;
  return ` with ${formatCountOf(packages, 'package')} and ${inside}`;
}
