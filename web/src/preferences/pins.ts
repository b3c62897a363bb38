/** The projects and saved filters that a person pinned to the sidebar of this device, in the order of pinning. */
import { z } from 'zod';
import { createPreference } from './create-preference.ts';

export const [pinnedProjects, setPinnedProjects] = createPreference('pinned-projects', z.array(z.uuid()), []);
export const [pinnedFilters, setPinnedFilters] = createPreference('pinned-filters', z.array(z.string()), []);

/** Returns the list with an id added at its end, or removed where it was in it. */
export function togglePin(pins: readonly string[], id: string): string[] {
  return pins.includes(id) ? pins.filter((one) => one !== id) : [...pins, id];
}
