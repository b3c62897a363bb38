/** Checks while a name is typed whether it is taken, as far as this device knows. */
import { type TakenRow, takenQuery, type UniqueName } from '../../queries/taken-names.ts';
import type { Replica } from '../../replica/model/replica.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';

const nouns = { projects: 'project', subjects: 'subject of this project', saved_filters: 'saved filter' } as const;

/** @returns an accessor of the problem with the name; null when none is known. */
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
    // The rows still belong to the previously typed name.
    if (!other || !asked || taken.loading) return null;
    if (asked.table !== 'packages') return `Another ${nouns[asked.table]} has this name.`;
    return other.deleted
      ? 'A deleted package of this project has this folder. Restore that package instead.'
      : 'This project already has a package for this folder.';
  };
}
