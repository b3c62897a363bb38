/** Plans the changes that give one folder exactly the links that are wanted. Pure. */

export interface WantedLink {
  readonly assetId: string;
  readonly name: string;
  /** Absolute. */
  readonly target: string;
}

/** An entry of the folder. */
export interface FoundEntry {
  readonly name: string;
  /** The link's target as stored; null: not a link. */
  readonly target: string | null;
}

export interface FolderPlan {
  readonly make: WantedLink[];
  readonly keep: WantedLink[];
  /** Links of ours that lead elsewhere, with their present target. */
  readonly replace: (WantedLink & { readonly former: string })[];
  /** Links of ours that are no longer wanted. */
  readonly remove: { readonly name: string; readonly target: string }[];
  /** Links that cannot be made, with the reason in one sentence. */
  readonly collisions: (WantedLink & { readonly problem: string })[];
}

export interface Ownership {
  /** Whether a link with that target belongs to this package. */
  readonly isOurs: (target: string) => boolean;
  /** False when another package may want links to the same files: links that we do not want may belong to it. */
  readonly removesStrays: boolean;
}

/**
 * Treats names that differ only in case or composition as one: macOS and Windows, which mount datasets, see one file.
 * An asset that already has the link keeps it; otherwise the first in order gets it.
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
          : `Another asset of the package has the link ${rival.name}, which differs only in case.`;
      plan.collisions.push({ ...link, problem });
      continue;
    }
    const entry = foundByName.get(link.name);
    const alike = staying.get(key);
    if (entry === undefined && alike !== undefined) {
      const problem = `${alike.name} already exists, which differs only in case.`;
      plan.collisions.push({ ...link, problem });
      continue;
    }
    if (entry === undefined) plan.make.push(link);
    else if (entry.target === link.target) plan.keep.push(link);
    else if (entry.target === null)
      plan.collisions.push({ ...link, problem: `${link.name} already exists and is not a link.` });
    else if (isOurs(entry.target)) plan.replace.push({ ...link, former: entry.target });
    else plan.collisions.push({ ...link, problem: `${link.name} already exists and leads to ${entry.target}.` });
    claimed.set(key, link);
  }
  for (const { name, target } of found.filter(goes)) plan.remove.push({ name, target: target ?? '' });
  return plan;
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
