/** The changes of several subjects at once. */
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import type { TogetherOptions } from '../lists/change-together.ts';

export function deleteSubjects(ids: readonly string[]): TogetherOptions & { readonly calls: readonly MutationCall[] } {
  return {
    calls: [{ name: 'subjects.delete', args: { ids: [...ids] } }],
    label: `Delete ${formatCountOf(ids.length, 'subject')}`,
    done: (count) => `Deleted ${formatCountOf(count, 'subject')}`,
  };
}

/** Says before a deletion what becomes of the assets. @param assets null: not known. */
export function deleteSubjectsTitle(count: number, assets: number | null): string {
  const whose = count === 1 ? 'Its' : 'Their';
  const stay = assets === null ? `${whose} assets stay` : `${whose} ${formatCount(assets)} assets stay`;
  const along = assets === 0 ? '' : ` ${stay}, without a subject.`;
  return `Delete ${formatCountOf(count, 'subject')} (restorable for 30 days).${along}`;
}
