/** The ways to divide the grid, and the names of the sections. */
import { ASSET_TYPE_LABELS, ASSET_TYPES } from '@ingesthub/schema/library/package-kinds.ts';
import { type AssetType, assetType } from '@ingesthub/schema/library/vocabulary.ts';
import { z } from 'zod';
import type { Grouping } from '../../../replica/model/mirror-questions.ts';
import type { IconName } from '../../../ui/icon.tsx';

export const groupChoice = z.enum(['type', 'folder', 'subject', 'camera', 'day', 'none']);
export type GroupChoice = z.infer<typeof groupChoice>;

export const groupNames = {
  type: 'Asset type',
  folder: 'Folder',
  subject: 'Subject',
  camera: 'Camera',
  day: 'Day',
  none: 'None',
} as const satisfies Record<GroupChoice, string>;

/** Rows with an id and a name, in the order of their sections. */
export type Named = readonly { readonly id: string; readonly name: string }[];

/** @param subjects read only where the choice needs them. */
export function groupingOf(choice: GroupChoice, subjects: () => Named): Grouping | null {
  switch (choice) {
    case 'type':
      return { by: 'asset_type', order: ASSET_TYPES };
    case 'subject':
      return { by: 'subject_id', order: subjects().map(({ id }) => id) };
    case 'none':
      return null;
    default:
      return { by: choice };
  }
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
/** The length of an id and the slash after it. */
const BEFORE_PATH = 37;

/**
 * Returns a section's name as people read it.
 *
 * @param names of subjects, and of packages where there may be several.
 */
export function sectionName(
  by: Grouping['by'],
  value: string | null,
  { subjects, packages }: { readonly subjects: Named; readonly packages: Named },
): string {
  switch (by) {
    case 'asset_type':
      return ASSET_TYPE_LABELS[value as AssetType] ?? value ?? 'No asset type';
    case 'folder': {
      const path = value?.slice(BEFORE_PATH) ?? '';
      const name = packages.find(({ id }) => value?.startsWith(id))?.name;
      return [name, path].filter(Boolean).join(' / ') || 'Top folder';
    }
    case 'subject_id':
      return value === null ? 'No subject' : (subjects.find(({ id }) => id === value)?.name ?? 'Unknown subject');
    case 'camera':
      return value ?? 'No camera';
    case 'day':
      return value === null ? 'No date' : day.format(new Date(`${value}T00:00:00Z`));
    default:
      return value ?? 'Unknown';
  }
}

export function sectionIcon(by: Grouping['by'], value: string | null): IconName {
  switch (by) {
    case 'asset_type':
      return assetType.safeParse(value).data ?? 'other';
    case 'subject_id':
      return 'subject';
    case 'day':
      return 'calendar';
    case 'folder':
    case 'camera':
      return by;
    default:
      return 'other';
  }
}
