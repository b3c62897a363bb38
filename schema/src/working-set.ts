/**
 * Which projects' assets a device keeps: all while the library is small, else those that somebody
 * pinned and the recent ones, as long as there is room. The rows of projects, packages and subjects
 * are on every device.
 */
import { z } from 'zod';

/** What a person said of a project on a device: keep it whatever the room, or leave it at the server. */
const projectChoice = z.enum(['pinned', 'unfollowed']);
export type ProjectChoice = z.infer<typeof projectChoice>;

/** Assets that a device keeps without being asked: about 190 MB here, and 40 MB to fetch as an image. */
export const WORKING_SET_ASSETS = 300_000;

/** One project in the answer of `GET /api/project-sizes`. */
export const projectSize = z.object({
  id: z.uuid(),
  /** Assets that are not deleted themselves; their package or the project may be. */
  asset_count: z.number().int(),
  /** Of their files. */
  size_bytes: z.number(),
  /** When it or one of its packages last changed. */
  active_at: z.coerce.date(),
  deleted: z.boolean(),
});
export type ProjectSize = z.infer<typeof projectSize>;

export const projectSizesAnswer = z.object({ projects: z.array(projectSize) });

export interface WorkingSetCandidate {
  readonly id: string;
  /** Null: the server has not counted them yet, as there are none or few. */
  readonly assetCount: number | null;
  readonly choice: ProjectChoice | null;
  /** When it was last opened on this device, or changed by anybody; null: not known. */
  readonly recentAt: Date | null;
  /** Whether the device has its assets, or is fetching them. */
  readonly here: boolean;
  /** It can be restored, and has what room the others leave. */
  readonly deleted: boolean;
}

/** So much more recent counts what is here, lest two projects of the same day take turns. */
const HERE_BONUS_MS = 7 * 24 * 60 * 60_000;

/** @param room in assets; the most recent project is kept even where it alone is larger, unless it is deleted. */
export function chooseWorkingSet(
  candidates: readonly WorkingSetCandidate[],
  room: number = WORKING_SET_ASSETS,
): Set<string> {
  const chosen = new Set<string>();
  let assets = 0;
  const take = ({ id, assetCount }: WorkingSetCandidate) => {
    chosen.add(id);
    assets += assetCount ?? 0;
  };
  for (const candidate of candidates) if (candidate.choice === 'pinned') take(candidate);
  const automatic = candidates
    .filter(({ choice }) => choice === null)
    .toSorted((a, b) => Number(a.deleted) - Number(b.deleted) || rank(b) - rank(a));
  for (const candidate of automatic) {
    if ((chosen.size === 0 && !candidate.deleted) || assets + (candidate.assetCount ?? 0) <= room) take(candidate);
  }
  return chosen;
}

function rank({ recentAt, here }: WorkingSetCandidate): number {
  return (recentAt?.getTime() ?? 0) + (here ? HERE_BONUS_MS : 0);
}
