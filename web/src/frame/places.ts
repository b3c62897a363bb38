/** The pages that the sidebar leads to, in its order. */
import { PACKAGE_KINDS, PACKAGE_TYPES, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import type { IconName } from '../ui/icon.tsx';

interface Place {
  readonly label: string;
  readonly href: string;
  readonly icon: IconName;
  /** The count beside the name. */
  readonly counts?: 'projects' | 'subjects' | PackageType;
}

export const mainPlaces: readonly Place[] = [
  { label: 'Dashboard', href: '/', icon: 'dashboard' },
  { label: 'Search', href: '/search', icon: 'search' },
];

export const libraryPlaces: readonly Place[] = [
  { label: 'Projects', href: '/projects', icon: 'project', counts: 'projects' },
  { label: 'Subjects', href: '/subjects', icon: 'subjects', counts: 'subjects' },
  ...PACKAGE_TYPES.map(
    (kind): Place => ({
      label: `${PACKAGE_KINDS[kind].label} packages`,
      href: `/packages/${kind}`,
      icon: 'audio' in PACKAGE_KINDS[kind].assetTypes ? 'clips' : 'faces',
      counts: kind,
    }),
  ),
  { label: 'All assets', href: '/assets', icon: 'image' },
];
