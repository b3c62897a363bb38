/** Gathers what commits changed until a scope reads it again. */

import { mirroredColumns } from '../model/mirror-questions.ts';
import type { ReplicaChange, TableChange } from '../model/replica.ts';

/** Columns of `packages` and `projects` on which it depends whose assets are in a scope. */
const placeColumns: readonly string[] = ['deleted_at', 'project_id'];

/** Columns of `assets` by which an asset enters a scope: its tags are read with it. */
const enteringColumns: readonly string[] = ['package_id', 'subject_id', 'deleted_at'];

export class PendingReads {
  /** Assets that may have entered, changed or left. */
  readonly assets = new Set<string>();
  /** Assets that may have left, and only matter where they are known. */
  readonly left = new Set<string>();
  /** Assets whose tags may have changed. */
  readonly tags = new Set<string>();
  /** Packages to read as a whole; null: everything. */
  packages: Set<string> | null = new Set();
  /** Packages whose folders changed; null: all. */
  folders: Set<string> | null = new Set();
  /** Whether other packages may belong to the scope now. */
  places = false as boolean;

  get isEmpty(): boolean {
    const sets = [this.assets, this.left, this.tags, this.packages, this.folders];
    return !this.places && sets.every((set) => set?.size === 0);
  }

  /**
   * Adds a commit's change.
   *
   * @param isNear whether a package's assets may be in the scope.
   * @returns whether it matters to the scope.
   */
  add({ tables }: ReplicaChange, isNear: (packageId: string) => boolean): boolean {
    const before = this.#size();
    const assets = tables.get('assets');
    if (assets && touches(assets, mirroredColumns)) this.#addAssets(assets, isNear);
    const tags = tables.get('asset_tags');
    if (tags) this.#addTags(tags, isNear);
    const folders = tables.get('folders');
    if (folders) this.folders = joined(this.folders, folders.packages, isNear);
    for (const table of ['packages', 'projects']) {
      const change = tables.get(table);
      if (change && touches(change, placeColumns)) this.places = true;
    }
    return this.#size() !== before;
  }

  #addAssets(change: TableChange, isNear: (packageId: string) => boolean): void {
    const { assets, packages } = change;
    if (assets === undefined) {
      this.packages = null;
      return;
    }
    this.packages = joined(this.packages, assets.packages, isNear);
    // The packages are those that the rows have now; a row may have left another one.
    const entered = packages === null || [...packages].some(isNear);
    const mayEnter = touches(change, enteringColumns);
    for (const id of assets.ids) {
      (entered ? this.assets : this.left).add(id);
      if (mayEnter) this.tags.add(id);
    }
  }

  #addTags({ assets }: TableChange, isNear: (packageId: string) => boolean): void {
    if (assets === undefined) {
      this.packages = null;
      return;
    }
    this.packages = joined(this.packages, assets.packages, isNear);
    for (const id of assets.ids) this.tags.add(id);
  }

  /** Tells two states apart: nothing is ever taken out. */
  #size(): string {
    const { assets, left, tags, packages, folders, places } = this;
    return `${assets.size} ${left.size} ${tags.size} ${packages?.size} ${folders?.size} ${places}`;
  }
}

function touches({ columns }: TableChange, wanted: readonly string[]): boolean {
  return columns === null || wanted.some((column) => columns.has(column));
}

function joined(
  known: Set<string> | null,
  packages: ReadonlySet<string> | null,
  isNear: (packageId: string) => boolean,
): Set<string> | null {
  if (known === null || packages === null) return null;
  for (const id of packages) if (isNear(id)) known.add(id);
  return known;
}
