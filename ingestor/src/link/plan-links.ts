/** What has to be done in one folder of links, so that it has those that are wanted. Pure. */

export interface WantedLink {
  readonly assetId: string;
  readonly name: string;
  /** Absolute. */
  readonly target: string;
}

/** What lies in the folder. */
export interface FoundEntry {
  readonly name: string;
  /** As the link has it; null: it is no link. */
  readonly target: string | null;
}

export interface FolderPlan {
  readonly make: WantedLink[];
  readonly keep: WantedLink[];
  /** Links of ours that point elsewhere now, with where to. */
  readonly replace: (WantedLink & { readonly former: string })[];
  /** Links of ours that nobody wants. */
  readonly remove: { readonly name: string; readonly target: string }[];
  /** Links that cannot be made, with why in one sentence. */
  readonly collisions: (WantedLink & { readonly problem: string })[];
}

export interface Ownership {
  /** Whether a link to there is this package's. */
  readonly isOurs: (target: string) => boolean;
  /** False when another package may want links to the same files: what we do not want may be its. */
  readonly removesStrays: boolean;
}

/**
 * Names that differ in case or composition only are one: macOS and Windows, which mount datasets, see one file. Whoever
 * has the link keeps it; else the first in order gets it.
 */
export function planFolder(
  wanted: readonly WantedLink[],
  found: readonly FoundEntry[],
  { isOurs, removesStrays }: Ownership,
): FolderPlan {
  const plan: FolderPlan = { make: [], keep: [], replace: [], remove: [], collisions: [] };
  const foundByName = new Map(found.map((entry) => [entry.name, entry]));
  const isThere = ({ name, target }: WantedLink) => foundByName.get(name)?.target === target;
  const names = new Set(wanted.map(({ name }) => name));
  const goes = ({ name, target }: FoundEntry) => removesStrays && target !== null && isOurs(target) && !names.has(name);
  const staying = new Map(found.filter((entry) => !goes(entry)).map((entry) => [folded(entry.name), entry]));
  const claimed = new Map<string, WantedLink>();

  for (const link of [...wanted.filter(isThere), ...wanted.filter((each) => !isThere(each))]) {
    const key = folded(link.name);
    const rival = claimed.get(key);
    if (rival !== undefined) {
      const problem =
        rival.name === link.name
          ? `Another asset of the package has the link ${link.name}.`
          : `Another asset of the package has the link ${rival.name}, which differs in upper and lower case only.`;
      plan.collisions.push({ ...link, problem });
      continue;
    }
    const entry = foundByName.get(link.name);
    const alike = staying.get(key);
    if (entry === undefined && alike !== undefined) {
      const problem = `${alike.name} is there already, which differs in upper and lower case only.`;
      plan.collisions.push({ ...link, problem });
      continue;
    }
    if (entry === undefined) plan.make.push(link);
    else if (entry.target === link.target) plan.keep.push(link);
    else if (entry.target === null)
      plan.collisions.push({ ...link, problem: `${link.name} is there already, and is no link.` });
    else if (isOurs(entry.target)) plan.replace.push({ ...link, former: entry.target });
    else plan.collisions.push({ ...link, problem: `${link.name} is there already, and leads to ${entry.target}.` });
    claimed.set(key, link);
  }
  for (const { name, target } of found.filter(goes)) plan.remove.push({ name, target: target ?? '' });
  return plan;
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
