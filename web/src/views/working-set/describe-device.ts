/** Describes the state of a project on this device. */
import type { ProjectChoice } from '@ingesthub/schema/replica/working-set.ts';
import type { ProjectOnDevice } from '../../replica/model/replica.ts';
import { formatCount } from '../../ui/format.ts';

/** The choices for keeping a project; 'automatic' means that no choice was made. */
export const deviceChoices = [
  { value: 'automatic', label: 'Keep if there is space', choice: null },
  { value: 'pinned', label: 'Always keep on this device', choice: 'pinned' },
  { value: 'unfollowed', label: 'Do not keep on this device', choice: 'unfollowed' },
] as const satisfies readonly { value: string; label: string; choice: ProjectChoice | null }[];

/** @param project undefined for a project just created on this device. */
export function describeDevice(project: ProjectOnDevice | undefined): string {
  switch (project?.state) {
    case undefined:
      return 'Created on this device';
    case 'absent':
      return 'On the server only';
    case 'leaving':
      return 'Will be removed once its changes are sent';
    case 'loading': {
      const share = loadedShare(project);
      return share === null ? 'Loading' : `Loading, ${Math.floor(100 * share)}%`;
    }
    case 'here':
      return project.choice === 'pinned' ? 'Always on this device' : 'On this device';
  }
}

/** Returns the loaded share from 0 to 1; null until the server has reported the number of assets. */
export function loadedShare({ loadedAssets, assetCount }: ProjectOnDevice): number | null {
  if (assetCount === null) return null;
  return assetCount === 0 ? 0 : Math.min(1, loadedAssets / assetCount);
}

/** Describes the loaded assets: '43,000 of 100,000 assets'. */
export function describeLoaded({ loadedAssets, assetCount }: ProjectOnDevice): string {
  return assetCount === null
    ? `${formatCount(loadedAssets)} assets`
    : `${formatCount(Math.min(loadedAssets, assetCount))} of ${formatCount(assetCount)} assets`;
}
