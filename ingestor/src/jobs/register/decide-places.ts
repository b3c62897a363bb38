/**
 * Which asset each file on disk is. The file itself tells: where it lies on the drive, with its size and time; where
 * that says nothing, its content; its name comes last. Works on rows and files that are in doubt, and writes nothing.
 */
import type { ScannedAsset } from '../../scan/assets-of.ts';
import { fileKey, isCoarse, type ScannedFile } from '../../scan/file-identity.ts';
import { filePathsOfKnown, type KnownAsset } from '../../sql/known-assets.ts';
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
  readonly hashOf: (file: ScannedFile) => Promise<string | null>;
}

export interface Assignment {
  readonly row: KnownAsset;
  readonly place: ScannedAsset;
  /** Whether the file is the one that it was: what was found out and made of it stays. */
  readonly isSame: boolean;
  /** Whether size and time alone say so: its content is looked at later. */
  readonly toVerify: boolean;
  readonly by: Evidence;
}

/** What agrees: inode, size and time; path, size and time; content; or nothing but the name. */
type Evidence = 'file' | 'time' | 'content' | 'name';

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
  /** How many files they have in common. */
  readonly files: number;
  /** The first of those. */
  readonly file: ScannedFile;
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
    const pairs = this.#overlapsBy(fileKey, (row) => this.#keysOfRow(row), isAsOldOrFine)
      .filter(isNoChance)
      .sort(byWorth);
    await this.#prefetch(pairs.filter(needsProof).map(({ file }) => file));
    for (const pair of pairs) {
      if (needsProof(pair) && !(await this.#hasContent(pair))) continue;
      this.#overlaps.push(pair);
      if (this.#isFree(pair)) this.#assign(pair, 'file', looksAlike(pair.row, pair.place));
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
      if (hash === null || hash === pair.row.contentHash) this.#assign(pair, 'time', true, hash === null);
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
          pairs.push({ row, place, files: 1, file: place });
      }
    }
    for (const pair of pairs.sort(byWorth)) if (this.#isFree(pair)) this.#assign(pair, 'content', true);
  }

  /** A file that was edited has nothing but its name. One that has come back under a lost one's name is not that one. */
  async byName(): Promise<void> {
    const { packageId } = this.#doubts;
    const isNamed = (row: KnownAsset) =>
      row.packageId === packageId && (row.missingSince === null || row.contentHash === null);
    const named = this.#overlapsBy(
      ({ relativePath }) => relativePath,
      (row) => (isNamed(row) ? filePathsOfKnown(row) : []),
    );
    for (const pair of named.sort(byWorth)) {
      if (this.#isFree(pair) && !this.#doubts.copies?.has(pair.place)) this.#assign(pair, 'name', false);
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
    ofFile: (file: ScannedFile) => Key,
    ofRow: (row: KnownAsset) => readonly Key[],
    mayBe: (row: KnownAsset, file: ScannedFile) => boolean = () => true,
  ): Overlap[] {
    const found = new Map<Key, { place: ScannedAsset; file: ScannedFile }[]>();
    for (const place of this.#freePlaces()) {
      for (const file of place.frames ?? [place]) {
        const key = ofFile(file);
        const others = found.get(key);
        if (others) others.push({ place, file });
        else found.set(key, [{ place, file }]);
      }
    }
    const overlaps: Overlap[] = [];
    for (const row of this.#freeRows()) {
      const common = new Map<ScannedAsset, { files: number; file: ScannedFile }>();
      for (const key of ofRow(row)) {
        for (const { place, file } of found.get(key) ?? []) {
          if (!mayBe(row, file)) continue;
          const former = common.get(place);
          common.set(place, { files: (former?.files ?? 0) + 1, file: former?.file ?? file });
        }
      }
      for (const [place, counted] of common) overlaps.push({ row, place, ...counted });
    }
    return overlaps;
  }

  #keysOfRow(row: KnownAsset): readonly bigint[] {
    if (row.firstFrame !== null) return this.#doubts.frameKeys.get(row.id) ?? [];
    if (row.inode === null || row.modifiedNs === null) return [];
    return [fileKey({ inode: BigInt(row.inode), size: row.size, modifiedNs: BigInt(row.modifiedNs) })];
  }

  #assign({ row, place }: Pair, by: Evidence, isSameFile: boolean, toVerify = false): void {
    this.#assigned.set(row, { row, place, isSame: isSameFile, toVerify, by });
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

  async #hasContent({ row, file }: Overlap): Promise<boolean> {
    return (await this.#doubts.hashOf(file)) === row.contentHash;
  }

  /** Side by side, so that a slow drive is not asked for one file after the other. */
  async #prefetch(files: readonly ScannedFile[]): Promise<void> {
    const waiting = [...new Set(files)].values();
    await Promise.all(
      Array.from({ length: READERS }, async () => {
        for (const file of waiting) await this.#doubts.hashOf(file);
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
function needsProof({ row, file }: Overlap): boolean {
  return (
    row.firstFrame === null &&
    row.contentHash !== null &&
    isCoarse(file.modifiedNs) &&
    row.changedNs !== String(file.changedNs)
  );
}

/** Whether another file came under a row's name: the one that it had may be elsewhere. Else that was written into itself. */
export function isReplaced({ row, place, by }: Assignment): boolean {
  const isWritten = row.inode === String(place.inode) && isAsOld(row, place);
  return by === 'name' && row.missingSince === null && !isWritten;
}

/** A row's files were all made before the last of them changed: a file that was made later is another, in a free inode. */
function isAsOld({ changedNs }: KnownAsset, { bornNs }: ScannedFile): boolean {
  return bornNs === null || changedNs === null || bornNs <= BigInt(changedNs);
}

/** Times finer than seconds are proof enough. */
function isAsOldOrFine(row: KnownAsset, file: ScannedFile): boolean {
  return !isCoarse(file.modifiedNs) || isAsOld(row, file);
}

/**
 * No content of a single frame is known. Where the file system does not say when files were made, one that has the inode,
 * size and whole second of a frame may be the next file in a free inode; that several have them is no chance.
 */
function isNoChance({ row, files, file }: Overlap): boolean {
  return row.firstFrame === null || files > 1 || file.bornNs !== null || !isCoarse(file.modifiedNs);
}
