/** The changes of several packages at once. */
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import type { TogetherOptions } from '../lists/change-together.ts';

export interface ManyChange extends TogetherOptions {
  readonly calls: readonly MutationCall[];
}

export function pickUpPackages(ids: readonly string[], pickedUp: boolean): ManyChange {
  return {
    calls: [{ name: 'packages.pick_up', args: { ids: [...ids], picked_up: pickedUp } }],
    label: `${pickedUp ? 'Pick up' : 'Hand back'} ${packages(ids.length)}`,
    done: (count) => `${pickedUp ? 'Picked up' : 'Handed back'} ${packages(count)}`,
  };
}

/** @param assets the assets that go along; null: not known. */
export function deletePackages(ids: readonly string[], assets: number | null): ManyChange {
  return {
    calls: [{ name: 'packages.delete', args: { ids: [...ids] } }],
    label: `Delete ${packages(ids.length)}`,
    done: (count) => `Deleted ${packages(count)}${alongText(count, assets)}`,
  };
}

/** Says before a deletion what goes along: 'Delete 3 packages and their 1,204 assets (restorable for 30 days)'. */
export function deletePackagesTitle(count: number, assets: number | null): string {
  return `Delete ${packages(count)}${alongText(count, assets)} (restorable for 30 days)`;
}

export function setSubject(
  ids: readonly string[],
  subject: { readonly id: string; readonly name: string },
): ManyChange {
  return {
    calls: [{ name: 'packages.edit', args: { ids: [...ids], set: { subject_id: subject.id } } }],
    label: `Move ${packages(ids.length)} to ${subject.name}`,
    done: (count) => `Moved ${packages(count)} to ${subject.name}`,
  };
}

function packages(count: number): string {
  return formatCountOf(count, 'package');
}

function alongText(count: number, assets: number | null): string {
  if (assets === 0) return '';
  const whose = count === 1 ? 'its' : 'their';
  return assets === null
    ? ` and ${whose} assets`
    : ` and ${whose} ${formatCount(assets)} ${assets === 1 ? 'asset' : 'assets'}`;
}
