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
    case 'loading': {
      const share = loadedShare(project);
      return share === null ? 'Loading' : `Loading, ${Math.floor(100 * share)} %`;
    }
    case 'here':
      return project.choice === 'pinned' ? 'Always on this device' : 'On this device';
  }
}

/** From 0 to 1; null while the server has not said how many assets there are. */
export function loadedShare({ loadedAssets, assetCount }: ProjectOnDevice): number | null {
  if (assetCount === null) return null;
  return assetCount === 0 ? 0 : Math.min(1, loadedAssets / assetCount);
}

/** '43,000 of 100,000 assets' */
export function describeLoaded({ loadedAssets, assetCount }: ProjectOnDevice): string {
  return assetCount === null
    ? `${formatCount(loadedAssets)} assets`
    : `${formatCount(Math.min(loadedAssets, assetCount))} of ${formatCount(assetCount)} assets`;
}
