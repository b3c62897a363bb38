/**
 * Which asset each file on disk is. The file itself tells: where it lies on the drive, with its size and time; where
 * that says nothing, its content; its name comes last. Works on rows and files that are in doubt, and writes nothing.
 */
import { filePathsOf, keysOf, type ScannedAsset } from '../scan/assets-of.ts';
import { fileKey, isCoarse } from '../scan/file-identity.ts';
import { filePathsOfKnown, type KnownAsset } from '../sql/known-assets.ts';
import { looksAlike } from './compare-files.ts';

export interface Doubts {
  /** Files that were found where no row, or a row of another file, is. */
  readonly places: readonly ScannedAsset[];
  /** Rows whose file is not where they say, each once; those that are missing too. */
  readonly rows: readonly KnownAsset[];
  /** Those of the rows that have files where they say, beside some that were found elsewhere. */
  readonly alive: ReadonlySet<KnownAsset>;
  /** Files with the content of another asset: whatever their name, they are no edits of the asset that had it. */
  readonly copies?: ReadonlySet<ScannedAsset>;
  /** Which files the frames of sequences among the rows were. */
  readonly frameKeys: ReadonlyMap<string, readonly bigint[]>;
  /** The package that was looked at: names say something of its rows alone. */
  readonly packageId: string;
  /** The content hash of a file; null: it cannot be read, or is not to be. */
  readonly hashOf: (place: ScannedAsset) => Promise<string | null>;
}

export interface Assignment {
  readonly row: KnownAsset;
  readonly place: ScannedAsset;
  /** Whether the file is the one that it was: what was found out and made of it stays. */
  readonly isSame: boolean;
  /** Whether size and time alone say so: its content is looked at later. */
  readonly toVerify: boolean;
}

export interface Decisions {
  readonly assigned: readonly Assignment[];
  /** Rows whose files became part of another's: single pictures that are frames of a sequence now. */
  readonly absorbed: readonly { row: KnownAsset; into: KnownAsset }[];
  /** Files that are new as assets. */
  readonly added: readonly ScannedAsset[];
  /** Files with frames that were another asset's, which lives on elsewhere: what people gave to that goes for these too. */
  readonly heirs: readonly { place: ScannedAsset; from: KnownAsset }[];
  /** Rows whose file is nowhere. */
  readonly lost: readonly KnownAsset[];
}

export async function decidePlaces(doubts: Doubts): Promise<Decisions> {
  const decision = new Decision(doubts);
  await decision.byFile();
  await decision.bySizeAndTime();
  await decision.byContent();
  await decision.byName();
  return decision.result();
}

interface Overlap {
  readonly row: KnownAsset;
  readonly place: ScannedAsset;
  /** Files that they have in common. */
  readonly files: number;
}

class Decision {
  readonly #doubts: Doubts;
  readonly #assigned = new Map<KnownAsset, Assignment>();
  readonly #taken = new Map<ScannedAsset, KnownAsset>();
  /** By files and, where those say nothing, by names. */
  #overlaps: Overlap[] = [];

  constructor(doubts: Doubts) {
    this.#doubts = doubts;
  }

  /** A renamed file keeps its inode, size and time. */
  async byFile(): Promise<void> {
    this.#overlaps = this.#overlapsBy(
      (place) => keysOf(place),
      (row) => this.#keysOfRow(row),
    );
    const pairs = this.#overlaps.toSorted(byWorth);
    await this.#prefetch(pairs.filter(needsProof).map(({ place }) => place));
    for (const pair of pairs) {
      if (!this.#isFree(pair) || (needsProof(pair) && !(await this.#hasContent(pair)))) continue;
      this.#assign(pair, looksAlike(pair.row, pair.place), false);
    }
  }

  /** Inodes change where a drive gives none that last, and where a file was put back from a copy. */
  async bySizeAndTime(): Promise<void> {
    const byPath = this.#freeRowsByPath();
    const pairs = this.#freePlaces().flatMap((place) =>
      (byPath.get(place.relativePath) ?? []).filter((row) => looksAlike(row, place)).map((row) => ({ row, place })),
    );
    // Two of one size and time may have been exchanged.
    const alike = Map.groupBy(pairs, ({ place }) => `${place.size} ${place.modifiedNs}`);
    const isAmbiguous = ({ place, row }: Pair) =>
      place.frames === null &&
      row.contentHash !== null &&
      (isCoarse(place.modifiedNs) || (alike.get(`${place.size} ${place.modifiedNs}`)?.length ?? 0) > 1);
    await this.#prefetch(pairs.filter(isAmbiguous).map(({ place }) => place));
    for (const pair of pairs) {
      if (!this.#isFree(pair)) continue;
      const hash = isAmbiguous(pair) ? await this.#doubts.hashOf(pair.place) : null;
      if (hash === null || hash === pair.row.contentHash) this.#assign(pair, true, hash === null);
    }
  }

  async byContent(): Promise<void> {
    const rows = this.#freeRows().filter(({ contentHash, firstFrame }) => contentHash !== null && firstFrame === null);
    const bySize = Map.groupBy(rows, ({ size }) => size);
    const places = this.#freePlaces().filter(
      (place) => place.frames === null && bySize.has(place.size) && place.size > 0,
    );
    await this.#prefetch(places);
    const pairs: Overlap[] = [];
    for (const place of places) {
      const hash = await this.#doubts.hashOf(place);
      for (const row of bySize.get(place.size) ?? []) {
        if (hash !== null && row.contentHash === hash && row.fileType === place.fileType)
          pairs.push({ row, place, files: 1 });
      }
    }
    for (const pair of pairs.sort(byWorth)) if (this.#isFree(pair)) this.#assign(pair, true, false);
  }

  /** A file that was edited has nothing but its name. One that has come back under a lost one's name is not that one. */
  async byName(): Promise<void> {
    const { packageId } = this.#doubts;
    const isNamed = (row: KnownAsset) =>
      row.packageId === packageId && (row.missingSince === null || row.contentHash === null);
    const named = this.#overlapsBy(filePathsOf, (row) => (isNamed(row) ? filePathsOfKnown(row) : []));
    for (const pair of named.sort(byWorth)) {
      if (this.#isFree(pair) && !this.#doubts.copies?.has(pair.place)) this.#assign(pair, false, false);
    }
    this.#overlaps.push(...named);
  }

  result(): Decisions {
    const absorbed = new Map<KnownAsset, KnownAsset>();
    const heirs: { place: ScannedAsset; from: KnownAsset }[] = [];
    for (const { row, place } of this.#overlaps.toSorted(byWorth)) {
      const owner = this.#taken.get(place);
      // One of several names of a file is no part of another.
      if (owner === row || row.missingSince !== null || (row.firstFrame === null && place.frames === null)) continue;
      const isFree = !this.#assigned.has(row) && !absorbed.has(row) && !this.#doubts.alive.has(row);
      if (owner !== undefined && isFree) absorbed.set(row, owner);
      else if (absorbed.get(row) !== owner || owner === undefined)
        heirs.push({ place, from: absorbed.get(row) ?? row });
    }
    const { rows, places, packageId } = this.#doubts;
    return {
      assigned: [...this.#assigned.values()],
      absorbed: [...absorbed].map(([row, into]) => ({ row, into })),
      added: places.filter((place) => !this.#taken.has(place)),
      heirs,
      lost: rows.filter(
        (row) =>
          row.packageId === packageId && row.missingSince === null && !this.#assigned.has(row) && !absorbed.has(row),
      ),
    };
  }

  #overlapsBy<Key>(
    ofPlace: (place: ScannedAsset) => readonly Key[],
    ofRow: (row: KnownAsset) => readonly Key[],
  ): Overlap[] {
    const places = new Map<Key, ScannedAsset[]>();
    for (const place of this.#freePlaces()) {
      for (const key of ofPlace(place)) {
        const others = places.get(key);
        if (others) others.push(place);
        else places.set(key, [place]);
      }
    }
    const overlaps: Overlap[] = [];
    for (const row of this.#freeRows()) {
      const counts = new Map<ScannedAsset, number>();
      for (const key of ofRow(row)) {
        for (const place of places.get(key) ?? []) counts.set(place, (counts.get(place) ?? 0) + 1);
      }
      for (const [place, files] of counts) overlaps.push({ row, place, files });
    }
    return overlaps;
  }

  #keysOfRow(row: KnownAsset): readonly bigint[] {
    if (row.firstFrame !== null) return this.#doubts.frameKeys.get(row.id) ?? [];
    if (row.inode === null || row.modifiedNs === null) return [];
    return [fileKey({ inode: BigInt(row.inode), size: row.size, modifiedNs: BigInt(row.modifiedNs) })];
  }

  #assign({ row, place }: Pair, isSameFile: boolean, toVerify: boolean): void {
    this.#assigned.set(row, { row, place, isSame: isSameFile, toVerify });
    this.#taken.set(place, row);
  }

  #isFree({ row, place }: Pair): boolean {
    return !this.#assigned.has(row) && !this.#taken.has(place) && !this.#doubts.alive.has(row);
  }

  #freeRows(): KnownAsset[] {
    return this.#doubts.rows.filter((row) => !this.#assigned.has(row));
  }

  #freePlaces(): ScannedAsset[] {
    return this.#doubts.places.filter((place) => !this.#taken.has(place));
  }

  #freeRowsByPath(): Map<string, KnownAsset[]> {
    const { packageId } = this.#doubts;
    return Map.groupBy(
      this.#freeRows().filter((row) => row.packageId === packageId),
      ({ relativePath }) => relativePath,
    );
  }

  async #hasContent({ row, place }: Pair): Promise<boolean> {
    return (await this.#doubts.hashOf(place)) === row.contentHash;
  }

  /** Side by side, so that a slow drive is not asked for one file after the other. */
  async #prefetch(places: readonly ScannedAsset[]): Promise<void> {
    const waiting = [...new Set(places)].values();
    await Promise.all(
      Array.from({ length: READERS }, async () => {
        for (const place of waiting) await this.#doubts.hashOf(place);
      }),
    );
  }
}

const READERS = 4;

interface Pair {
  readonly row: KnownAsset;
  readonly place: ScannedAsset;
}

/** Orders pairs: most files in common first, then files at their old path, rows on disk, and older rows. */
function byWorth(a: Overlap, b: Overlap): number {
  return (
    b.files - a.files ||
    Number(isAtHome(b)) - Number(isAtHome(a)) ||
    (a.row.missingSince === null ? 0 : 1) - (b.row.missingSince === null ? 0 : 1) ||
    Number(b.row.missingSince ?? 0) - Number(a.row.missingSince ?? 0) ||
    compare(a.row.id, b.row.id) ||
    compare(a.place.relativePath, b.place.relativePath)
  );
}

function isAtHome({ row, place }: Pair): boolean {
  return row.relativePath === place.relativePath;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * An inode that is free is given to the next file, which may have the same size, and the same time where times are
 * whole seconds. Nothing of the file has changed since where its time of change is the same.
 */
function needsProof({ row, place }: Pair): boolean {
  return (
    place.frames === null &&
    row.firstFrame === null &&
    row.contentHash !== null &&
    isCoarse(place.modifiedNs) &&
    row.changedNs !== String(place.changedNs)
  );
}
