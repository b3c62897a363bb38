/** A scope that is filled from SQL and follows its changes. */

import type { Scope } from '../model/mirror-questions.ts';
import type { ReplicaChange } from '../model/replica.ts';
import { formatUuid } from '../model/uuid-bytes.ts';
import { Answers } from './answer.ts';
import { AssetTable, copiedColumns } from './asset-table.ts';
import { type Bits, hasBit, noBits, setBit, wordsFor } from './bits.ts';
import { readCopied } from './copied-rows.ts';
import { PendingReads } from './pending-reads.ts';
import type { ScopeContent } from './scope-file.ts';
import type { KeptScope } from './scope-files.ts';
import {
  assetsStatement,
  changedAssetsStatement,
  foldersStatement,
  type Part,
  type Place,
  packagesStatement,
  tagsStatement,
} from './scope-statements.ts';
import type { Turns } from './turns.ts';

/** Runs `COPY (…) TO` and returns its binary output. */
export type Copy = (statement: string) => Promise<Uint8Array>;

/** Every other query of the database waits for at most one slice. */
const SLICE_MS = 14;
const FIRST_SLICE = 1000;
const LEAST_SLICE = 500;
const LARGEST_SLICE = 20_000;
/** Packages that one statement names. */
const WINDOW = 50;

const field = {
  id: copiedColumns.indexOf('id'),
  packageId: copiedColumns.indexOf('package_id'),
  name: copiedColumns.indexOf('name'),
};

export class OpenScope {
  readonly table = new AssetTable();
  readonly answers = new Answers(this.table);
  /** Names the row numbers: those of another generation mean other assets. */
  readonly generation = crypto.randomUUID();
  readonly scope: Scope;
  readonly #copy: Copy;
  readonly #turns: Turns;
  readonly #readKept: () => KeptScope | null;
  /** The packages whose assets may be in the scope; null: not read yet. */
  #packages: ReadonlySet<string> | null = null;
  #pending = new PendingReads();
  /** Commits that were heard of, and how many of them the table has. */
  #heard = 1;
  #applied = 0;
  #reading = false as boolean;
  #closed = false as boolean;
  #waiting: { readonly upTo: number; readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  #slice = FIRST_SLICE;

  /** @param readKept reads the scope as an earlier opening left it, with all changes until now; null: it is not kept. */
  constructor(scope: Scope, copy: Copy, turns: Turns, readKept: () => KeptScope | null = () => null) {
    this.#readKept = readKept;
    this.scope = scope;
    this.#copy = copy;
    this.#turns = turns;
    this.#pending.packages = null;
    this.#pending.folders = null;
    this.#pending.places = true;
  }

  get byteLength(): number {
    return this.table.byteLength + this.answers.byteLength;
  }

  /** Takes note of a commit, which is read soon. */
  hear(change: ReplicaChange): void {
    if (!this.#pending.add(change, this.#isNear)) return;
    this.#heard += 1;
    void this.#follow();
  }

  /** Whether the table has been read, even if changes are still to be read again. */
  get filled(): boolean {
    return !this.#closed && this.#applied > 0;
  }

  /** Returns what the table holds; null while it lacks a commit that was heard of. */
  content(): ScopeContent | null {
    if (this.#closed || this.#reading || this.#applied < this.#heard) return null;
    return { table: this.table.content(), packages: this.#packages, byName: this.answers.orders.byName };
  }

  /** Resolves when the table has every commit that was heard of until now. */
  current(): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('The scope was closed.'));
    if (this.#applied >= this.#heard) return Promise.resolve();
    void this.#follow();
    return new Promise((resolve, reject) => this.#waiting.push({ upTo: this.#heard, resolve, reject }));
  }

  /** Ends reading. Waiting callers learn of it. */
  close(error: unknown = new Error('The scope was closed.')): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Reads until nothing is pending. */
  async #follow(): Promise<void> {
    if (this.#reading || this.#closed) return;
    this.#reading = true;
    try {
      while (!this.#closed && this.#applied < this.#heard) {
        const upTo = this.#heard;
        const work = this.#pending;
        this.#pending = new PendingReads();
        await this.#read((this.#applied === 0 && this.#restore()) || work);
        this.#applied = upTo;
        const done = this.#waiting.filter((one) => one.upTo <= upTo);
        this.#waiting = this.#waiting.filter((one) => one.upTo > upTo);
        for (const { resolve } of done) resolve();
      }
    } catch (error) {
      // The next question opens the scope again.
      this.close(error);
    } finally {
      this.#reading = false;
    }
  }

  /** Whether a package's assets may be in the scope. A package that was near may have been deleted since. */
  readonly #isNear = (packageId: string) =>
    this.scope.kind === 'package' ? packageId === this.scope.id : this.#packages?.has(packageId) !== false;

  /** Fills the table from a file. @returns what changed since then; null: there is no file. */
  #restore(): PendingReads | null {
    const kept = this.#readKept();
    if (kept === null) return null;
    this.#packages = kept.packages;
    const since = new PendingReads();
    for (const change of kept.changes) since.add(change, this.#isNear);
    this.table.restore(kept.table);
    if (kept.byName) this.answers.orders.restoreByName(kept.byName);
    return since;
  }

  async #read(work: PendingReads): Promise<void> {
    const entered = work.places ? await this.#readPlaces() : [];
    const parts = work.packages === null ? 'all' : [...new Set([...work.packages, ...entered])].filter(this.#isNear);
    const folders = work.folders === null ? 'all' : [...new Set([...work.folders, ...parts])];
    if (folders.length > 0) this.table.writeFolders(await this.#copy(foldersStatement(this.scope, folders)));
    if (parts.length > 0) await this.#readPart(parts);
    if (parts !== 'all') await this.#readChanged(work);
  }

  /** Reads which packages belong to the scope, and takes away the assets of the others. @returns the new ones. */
  async #readPlaces(): Promise<string[]> {
    const statement = packagesStatement(this.scope);
    if (statement === null) return [];
    const packages = new Set<string>();
    readCopied(await this.#copy(`${statement} ORDER BY packages.id`), 1, (row) => {
      packages.add(formatUuid(row.bytes, row.start(0)));
    });
    const before = this.#packages ?? new Set();
    this.#packages = packages;
    const gone = [...before].filter((id) => !packages.has(id));
    if (gone.length > 0) this.#leave(gone, noBits(0));
    return [...packages].filter((id) => !before.has(id));
  }

  /** Reads all assets of a part; those that are not found again have left the scope. */
  async #readPart(part: Part): Promise<void> {
    let seen = noBits(this.table.rows);
    for (const window of this.#windows(part)) {
      let after: Place | null = null;
      do {
        const begun = performance.now();
        const copied = await this.#copy(assetsStatement(this.scope, window, after, this.#slice));
        const known = this.table.rows;
        this.table.write(copied);
        const { rows, ids, last } = this.#identify(copied);
        if (last === null) break;
        seen = withRows(seen, rows, this.table.rows);
        const tags = await this.#copy(tagsStatement(ids));
        this.#untag(rows.filter((row) => row < known));
        this.table.addTags(tags);
        after = rows.length < this.#slice ? null : last;
        // Half of it, as the tags are read by a statement of their own.
        this.#slice = nextSlice(this.#slice, (performance.now() - begun) / 2);
        await this.#turns.next();
        if (this.#closed) return;
      } while (after !== null);
    }
    this.#leave(part, seen);
  }

  /** Splits a part so that each statement can follow an index. */
  #windows(part: Part): Part[] {
    if (this.scope.kind === 'package' || (this.scope.kind === 'subject' && part === 'all')) return [part];
    const wanted = [...(part === 'all' ? (this.#packages ?? []) : part)].toSorted();
    return Array.from({ length: Math.ceil(wanted.length / WINDOW) }, (_, index) =>
      wanted.slice(index * WINDOW, (index + 1) * WINDOW),
    );
  }

  async #readChanged({ assets, left, tags }: PendingReads): Promise<void> {
    const { table } = this;
    const ids = new Set(assets);
    for (const id of left) if (table.rowOf(id) !== -1) ids.add(id);
    for (const some of slices(ids)) {
      table.replace(some, await this.#copy(changedAssetsStatement(this.scope, some)));
      await this.#turns.next();
    }
    const tagged = [...tags].filter((id) => table.rowOf(id) !== -1);
    for (const some of slices(tagged)) {
      table.replaceTags(some, await this.#copy(tagsStatement(some)));
      await this.#turns.next();
    }
  }

  /** Returns the rows and ids of copied assets, and the last one's place; null: there are none. */
  #identify(copied: Uint8Array): { rows: number[]; ids: string[]; last: Place | null } {
    const rows: number[] = [];
    const ids: string[] = [];
    let [packageId, nameStart, nameEnd] = [0, 0, 0];
    readCopied(copied, copiedColumns.length, (row) => {
      packageId = row.start(field.packageId);
      nameStart = row.start(field.name);
      nameEnd = row.end(field.name);
      rows.push(this.table.ids.find(copied, row.start(field.id)));
      ids.push(formatUuid(copied, row.start(field.id)));
    });
    const id = ids.at(-1);
    if (id === undefined) return { rows, ids, last: null };
    const name = decoder.decode(copied.subarray(nameStart, nameEnd));
    return { rows, ids, last: { packageId: formatUuid(copied, packageId), name, id } };
  }

  #untag(rows: readonly number[]): void {
    if (rows.length === 0) return;
    for (const bits of this.table.tags.values()) for (const row of rows) setBit(bits, row, false);
  }

  /** Takes away a part's assets except those that were seen. */
  #leave(part: Part, seen: Bits): void {
    const { table } = this;
    const values = table.valuesOf('package_id');
    const codes = part === 'all' ? null : new Set(part.map((id) => values.indexOf(id)));
    const packageOf = table.codes.package_id.codes;
    let left = 0;
    for (let row = 0; row < table.rows; row++) {
      if (!hasBit(table.present, row) || hasBit(seen, row)) continue;
      if (codes !== null && !codes.has(packageOf[row] as number)) continue;
      setBit(table.present, row, false);
      left += 1;
    }
    table.presentVersion += left;
    if (left > 0) table.version += 1;
  }
}

const decoder = new TextDecoder();

/** Ids that one statement names. */
const MOST_IDS = 2000;

function* slices(ids: Iterable<string>): Generator<string[]> {
  const all = [...ids];
  for (let start = 0; start < all.length; start += MOST_IDS) yield all.slice(start, start + MOST_IDS);
}

/** Adds rows to a set, in place where it is large enough. */
function withRows(bits: Bits, rows: readonly number[], count: number): Bits {
  const words = wordsFor(count);
  let larger = bits;
  if (bits.length < words) {
    larger = new Uint32Array(words + (words >>> 1));
    larger.set(bits);
  }
  for (const row of rows) setBit(larger, row, true);
  return larger;
}

function nextSlice(rows: number, took: number): number {
  const wanted = Math.round(rows * Math.min(2, SLICE_MS / Math.max(1, took)));
  return Math.max(LEAST_SLICE, Math.min(LARGEST_SLICE, wanted));
}
