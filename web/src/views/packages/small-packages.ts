/** Chooses the packages whose clips are read one by one: facts of clips are in no maintained count. */

/** Assets of one package, and of all of them: reading so many takes a fraction of a second. */
const EACH = 2000;
const TOGETHER = 40_000;

/** @returns the ids of packages with few assets, the newest first as far as there is room. */
export function smallPackages(
  packages: readonly { readonly id: string; readonly created_at: Date }[],
  summaries: ReadonlyMap<string, { readonly asset_count: number }>,
): string[] {
  let room = TOGETHER;
  const chosen: string[] = [];
  for (const { id } of packages.toSorted((a, b) => b.created_at.getTime() - a.created_at.getTime())) {
    const count = summaries.get(id)?.asset_count ?? 0;
    if (count === 0 || count > EACH || count > room) continue;
    room -= count;
    chosen.push(id);
  }
  return chosen;
}
