/** Saved filters that only this device knows, by name. */
import { z } from 'zod';
import { createPreference } from './create-preference.ts';

const privateFilter = z.object({ id: z.string(), name: z.string(), address: z.string().startsWith('/') });
export type PrivateFilter = z.infer<typeof privateFilter>;

const [kept, keep] = createPreference<readonly PrivateFilter[]>('private-filters', z.array(privateFilter), []);
export const privateFilters = kept;

/** Adds a filter, or replaces the one with its id. */
export function keepPrivateFilter(filter: PrivateFilter): void {
  const others = kept().filter(({ id }) => id !== filter.id);
  keep([...others, filter].toSorted((a, b) => a.name.localeCompare(b.name)));
}

export function dropPrivateFilter(dropped: string): void {
  keep(kept().filter(({ id }) => id !== dropped));
}
