/**
 * Chooses the projects whose assets a device keeps: all while the library is small, otherwise pinned
 * projects and as many recent ones as fit. Every device has the rows of projects, packages and subjects.
 */
import { z } from 'zod';

/** A person's choice for a project on one device: keep it regardless of room, or leave it on the server. */
const projectChoice = z.enum(['pinned', 'unfollowed']);
export type ProjectChoice = z.infer<typeof projectChoice>;

/** Assets that a device keeps by default: about 190 MB on the device, fetched as a 40 MB image. */
export const WORKING_SET_ASSETS = 300_000;

/** One project in the answer of `GET /api/project-sizes`. */
export const projectSize = z.object({
  id: z.uuid(),
  /** Assets that are not deleted; their package or project may be. */
  asset_count: z.number().int(),
  /** Total size of the assets' files. */
  size_bytes: z.number(),
  /** When the project or one of its packages last changed. */
  active_at: z.coerce.date(),
  deleted: z.boolean(),
});
export type ProjectSize = z.infer<typeof projectSize>;

export const projectSizesAnswer = z.object({ projects: z.array(projectSize) });

export interface WorkingSetCandidate {
  readonly id: string;
  /** Null when the server has not counted the assets yet, because there are few or none. */
  readonly assetCount: number | null;
  readonly choice: ProjectChoice | null;
  /** When the project was last opened on this device or changed by anyone; null when unknown. */
  readonly recentAt: Date | null;
  /** Whether the device has its assets, or is fetching them. */
  readonly here: boolean;
  /** A deleted project can still be restored, so it uses the room that the others leave. */
  readonly deleted: boolean;
}

/** Added to the recency of projects already on the device, so that two similarly recent projects do not alternate. */
const HERE_BONUS_MS = 7 * 24 * 60 * 60_000;

/** @param room in assets; the most recent project is kept even if it alone exceeds the room, unless it is deleted. */
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
