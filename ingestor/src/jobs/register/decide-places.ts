/**
 * Decides which asset each file on disk is. The file itself decides: its inode with size and time; failing that, its
 * content; its name comes last. Considers only doubtful rows and files, and writes nothing.
 */
import type { ScannedAsset } from '../../scan/assets-of.ts';
import { fileKey, isCoarse, type ScannedFile } from '../../scan/file-identity.ts';
import { filePathsOfKnown, type KnownAsset } from '../../sql/known-assets.ts';
import { looksAlike } from './compare-files.ts';

export interface Doubts {
  /** Files found at paths with no row, or with the row of another file. */
  readonly places: readonly ScannedAsset[];
  /** Rows whose file is not at its recorded path, including missing ones, each once. */
  readonly rows: readonly KnownAsset[];
  /** Those rows that still have their files in place, although some were found elsewhere. */
  readonly alive: ReadonlySet<KnownAsset>;
  /** Finds all assets of the project that have or had the content of these files. Asked once. */
  readonly ownersOf?: (files: readonly ScannedAsset[]) => Promise<Owners>;
  /** The file keys of frames, for sequences among the rows. */
  readonly frameKeys: ReadonlyMap<string, readonly bigint[]>;
  /** The scanned package: names are evidence only for its rows. */
  readonly packageId: string;
  /** Returns a file's content hash; null when it cannot or should not be read. */
  readonly hashOf: (file: ScannedFile) => Promise<string | null>;
}

export interface Owners {
  /** The ids of the assets that have or had a file's content. */
  readonly ids: ReadonlyMap<ScannedAsset, ReadonlySet<string>>;
  /** Those among them that are not in {@link Doubts.rows} and have no file of their own left. */
  readonly rows: readonly KnownAsset[];
}

export interface Assignment {
  readonly row: KnownAsset;
  readonly place: ScannedAsset;
  /** True when the file is unchanged, so that its facts and derivatives remain valid. */
  readonly isSame: boolean;
  /** True when only size and time agree: the content is checked later. */
  readonly toVerify: boolean;
  readonly by: Evidence;
}

/** The evidence that agrees: inode, size and time; path, size and time; content; or only the name. */
type Evidence = 'file' | 'time' | 'content' | 'name';

export interface Decisions {
  readonly assigned: readonly Assignment[];
  /** Rows whose files became part of another asset: single pictures that are now frames of a sequence. */
  readonly absorbed: readonly { row: KnownAsset; into: KnownAsset }[];
  /** Files that become new assets. */
  readonly added: readonly ScannedAsset[];
  /** Files with frames of an asset that lives on elsewhere: they inherit what people gave to that asset. */
  readonly heirs: readonly { place: ScannedAsset; from: KnownAsset }[];
  /** Rows whose file was not found. */
  readonly lost: readonly KnownAsset[];
}

export async function decidePlaces(doubts: Doubts): Promise<Decisions> {
  const decision = new Decision(doubts);
  await decision.byFile();
  await decision.bySizeAndTime();
  await decision.byContent();
  await decision.askOwners();
  await decision.byContent();
  await decision.byName();
  return decision.result();
}

interface Overlap {
  readonly row: KnownAsset;
  readonly place: ScannedAsset;
  /** Number of shared files. */
  readonly files: number;
  /** The first shared file. */
  readonly file: ScannedFile;
}

class Decision {
  readonly #doubts: Doubts;
  readonly #assigned = new Map<KnownAsset, Assignment>();
  readonly #taken = new Map<ScannedAsset, KnownAsset>();
  #rows: readonly KnownAsset[];
  #owners: Owners['ids'] = new Map();
  /** Matches by file and, failing that, by name. */
  #overlaps: Overlap[] = [];

  constructor(doubts: Doubts) {
    this.#doubts = doubts;
    this.#rows = doubts.rows;
  }

  /** Matches renamed files, which keep their inode, size and time. */
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

  /** Matches by path, size and time, for drives without stable inodes and for files restored from a copy. */
  async bySizeAndTime(): Promise<void> {
    const byPath = this.#freeRowsByPath();
    const pairs = this.#freePlaces().flatMap((place) =>
      (byPath.get(place.relativePath) ?? []).filter((row) => looksAlike(row, place)).map((row) => ({ row, place })),
    );
    // Files of equal size and time may have been exchanged.
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

  /**
   * Asks whose content the uncertain files have, before anything is decided about them. A file that took another's name
   * may be a copy, or a picture of another package that has not been scanned since. A file that seems to be back may be
   * the same picture of another package, which was lost later.
   */
  async askOwners(): Promise<void> {
    const { alive, ownersOf } = this.#doubts;
    if (ownersOf === undefined) return;
    const back = new Set<ScannedAsset>();
    for (const { row, place, by } of this.#assigned.values()) {
      if (by !== 'content' || row.missingSince === null) continue;
      back.add(place);
      this.#assigned.delete(row);
      this.#taken.delete(place);
    }
    const rows = this.#freeRows().filter((row) => !alive.has(row));
    const named = new Set(rows.flatMap((row) => this.#namesOf(row)));
    const uncertain = this.#freePlaces().filter(
      (place) => place.frames === null && (back.has(place) || named.has(place.relativePath)),
    );
    await this.#prefetch(uncertain);
    const owners = await ownersOf(uncertain);
    this.#owners = owners.ids;
    this.#rows = [...this.#rows, ...owners.rows];
  }

  /** Matches edited files, which keep only their name. A file with another asset's content is a copy and no edit. */
  async byName(): Promise<void> {
    const named = this.#overlapsBy(
      ({ relativePath }) => relativePath,
      (row) => this.#namesOf(row),
    );
    for (const pair of named.sort(byWorth)) {
      if (this.#isFree(pair) && !this.#isCopy(pair)) this.#assign(pair, 'name', false);
    }
    this.#overlaps.push(...named);
  }

  result(): Decisions {
    const absorbed = new Map<KnownAsset, KnownAsset>();
    const heirs: { place: ScannedAsset; from: KnownAsset }[] = [];
    for (const { row, place } of this.#overlaps.toSorted(byWorth)) {
      const owner = this.#taken.get(place);
      // One of several names of a file is not a part of another asset.
      if (owner === row || row.missingSince !== null || (row.firstFrame === null && place.frames === null)) continue;
      const isFree = !this.#assigned.has(row) && !absorbed.has(row) && !this.#doubts.alive.has(row);
      if (owner !== undefined && isFree) absorbed.set(row, owner);
      else if (absorbed.get(row) !== owner || owner === undefined)
        heirs.push({ place, from: absorbed.get(row) ?? row });
    }
    const { places, packageId } = this.#doubts;
    return {
      assigned: [...this.#assigned.values()],
      absorbed: [...absorbed].map(([row, into]) => ({ row, into })),
      added: places.filter((place) => !this.#taken.has(place)),
      heirs,
      lost: this.#rows.filter(
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

  /** Returns the paths under which an edited file may be a row's: none for a lost asset, whose name anything may take. */
  #namesOf(row: KnownAsset): readonly string[] {
    const isNamed = row.packageId === this.#doubts.packageId && (row.missingSince === null || row.contentHash === null);
    return isNamed ? filePathsOfKnown(row) : [];
  }

  #isCopy({ row, place }: Pair): boolean {
    return [...(this.#owners.get(place) ?? [])].some((id) => id !== row.id);
  }

  #assign({ row, place }: Pair, by: Evidence, isSameFile: boolean, toVerify = false): void {
    this.#assigned.set(row, { row, place, isSame: isSameFile, toVerify, by });
    this.#taken.set(place, row);
  }

  #isFree({ row, place }: Pair): boolean {
    return !this.#assigned.has(row) && !this.#taken.has(place) && !this.#doubts.alive.has(row);
  }

  #freeRows(): KnownAsset[] {
    return this.#rows.filter((row) => !this.#assigned.has(row));
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

  /** Reads in parallel, so that a slow drive is not read one file at a time. */
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
 * Returns true when the content must be compared: a free inode goes to the next file, which may have the same size, and
 * the same time where times are whole seconds. An equal change time proves that the file is untouched.
 */
function needsProof({ row, file }: Overlap): boolean {
  return (
    row.firstFrame === null &&
    row.contentHash !== null &&
    isCoarse(file.modifiedNs) &&
    row.changedNs !== String(file.changedNs)
  );
}

/**
 * Returns true when another file took a row's name, so that the row's own file may be elsewhere; false when the row's
 * file was overwritten in place.
 */
export function isReplaced({ row, place, by }: Assignment): boolean {
  const isWritten = row.inode === String(place.inode) && isAsOld(row, place);
  return by === 'name' && row.missingSince === null && !isWritten;
}

/**
 * Returns true when the file is old enough: a row's files were all created before its last change, so a later file
 * reuses a free inode.
 */
function isAsOld({ changedNs }: KnownAsset, { bornNs }: ScannedFile): boolean {
  return bornNs === null || changedNs === null || bornNs <= BigInt(changedNs);
}

/** Accepts times finer than a second as sufficient evidence. */
function isAsOldOrFine(row: KnownAsset, file: ScannedFile): boolean {
  return !isCoarse(file.modifiedNs) || isAsOld(row, file);
}

/**
 * Rejects accidental matches. Single frames have no known content. On a file system without creation times, a file with
 * the inode, size and whole second of a frame may be the next file in a free inode; several such matches are no
 * accident.
 */
function isNoChance({ row, files, file }: Overlap): boolean {
  return row.firstFrame === null || files > 1 || file.bornNs !== null || !isCoarse(file.modifiedNs);
}
