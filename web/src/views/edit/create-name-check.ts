/** Whether a name is taken, as far as this device knows, while it is typed. */
import { type TakenRow, takenQuery, type UniqueName } from '../../queries/taken-names.ts';
import { createLiveQuery } from '../../replica/create-live-query.ts';
import type { Replica } from '../../replica/replica.ts';

const nouns = { projects: 'project', subjects: 'subject of this project', saved_filters: 'saved filter' } as const;

/** @returns what is wrong with the name; null: nothing that is known. */
export function createNameCheck(
  replica: Pick<Replica, 'query' | 'onChange'>,
  unique: () => UniqueName | null,
  ownId: () => string | null,
): () => string | null {
  const taken = createLiveQuery<TakenRow>(replica, () => {
    const asked = unique();
    return asked && takenQuery(asked, ownId());
  });
  return () => {
    const [other] = taken();
    const asked = unique();
    // The rows of what was typed before say nothing of what is there now.
    if (!other || !asked || taken.loading) return null;
    if (asked.table !== 'packages') return `Another ${nouns[asked.table]} has this name.`;
    return other.deleted
      ? 'This project had a package of this folder, which was deleted: restore that one.'
      : 'This project already has a package of this folder.';
  };
}
