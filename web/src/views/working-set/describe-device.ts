/** How a project stands on this device, in words. */
import type { ProjectChoice } from '@ingesthub/schema/working-set.ts';
import type { ProjectOnDevice } from '../../replica/replica.ts';
import { formatCount } from '../../ui/format.ts';

/** What a person may say of a project; 'automatic' stands for having said nothing. */
export const deviceChoices = [
  { value: 'automatic', label: 'Keep while there is room', choice: null },
  { value: 'pinned', label: 'Always keep on this device', choice: 'pinned' },
  { value: 'unfollowed', label: 'Do not keep on this device', choice: 'unfollowed' },
] as const satisfies readonly { value: string; label: string; choice: ProjectChoice | null }[];

/** @param project undefined: it has just been made here. */
export function describeDevice(project: ProjectOnDevice | undefined): string {
  switch (project?.state) {
    case undefined:
      return 'Made on this device';
    case 'absent':
      return 'At the server only';
    case 'leaving':
      return 'Leaves when its changes are sent';
    case 'loading':
      return `Loading${project.assetCount === null ? '' : `, ${Math.floor(100 * loadedShare(project))} %`}`;
    case 'here':
      return project.choice === 'pinned' ? 'Always on this device' : 'On this device';
  }
}

/** From 0 to 1. */
export function loadedShare({ loadedAssets, assetCount }: ProjectOnDevice): number {
  return assetCount ? Math.min(1, loadedAssets / assetCount) : 0;
}

/** '43,000 of 100,000 assets' */
export function describeLoaded({ loadedAssets, assetCount }: ProjectOnDevice): string {
  return assetCount === null
    ? `${formatCount(loadedAssets)} assets`
    : `${formatCount(Math.min(loadedAssets, assetCount))} of ${formatCount(assetCount)} assets`;
}
