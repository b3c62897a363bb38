/**
 * Keeps a few large scopes in files between openings. Each commit adds a line to the files of the scopes that it
 * concerns, so a file and its lines are always as new as the library; where they are not, the file is emptied.
 */
import type { Scope } from '../model/mirror-questions.ts';
import type { ReplicaChange } from '../model/replica.ts';
import type { SyncFile } from '../storage/sync-file.ts';
import { PendingReads } from './pending-reads.ts';
import {
  formatLine,
  type Line,
  linesStart,
  readContent,
  readHead,
  readLines,
  type ScopeContent,
  type ScopeHead,
  writeContent,
  writeHead,
} from './scope-file.ts';

export interface KeptScope extends ScopeContent {
  /** The changes to read again, oldest first. */
  readonly changes: readonly ReplicaChange[];
}

/** Scopes that are kept. One more file lets a scope be written beside its former file. */
export const KEPT_SCOPES = 3;
export const SCOPE_FILES = KEPT_SCOPES + 1;
/** Assets to read again above which reading the whole scope is as quick, or nearly so. */
const MANY_ASSETS = 5_000;
/** A package that is read as a whole counts as this many assets. */
const PACKAGE_ASSETS = 500;
const MANY_BYTES = 1024 * 1024;
/** Share of those two from which on a file is written again when there is time. */
const WORN = 0.05;
/** Milliseconds between two files of one scope. */
const PAUSE_MS = 60_000;

interface Slot {
  readonly file: SyncFile;
  /** Null: the file holds nothing. */
  kept: Kept | null;
}

interface Kept {
  readonly head: ScopeHead;
  askedAt: number;
  /** Null: unknown until the file is read, or the scope is a package. */
  packages: ReadonlySet<string> | null;
  /** The end of the lines. */
  end: number;
  /** Assets that the lines name. */
  assets: number;
}

export class ScopeFiles {
  readonly #slots: readonly Slot[];
  /** The library's state after the last commit. */
  #state: string;
  /** When each scope was last written, or found no room. */
  readonly #writtenAt = new Map<string, number>();
  /** The lines since a file that is being written began. */
  #gathering: { readonly scope: Scope; readonly packages: ReadonlySet<string> | null; lines: Line[] } | null = null;

  /**
   * @param files for {@link SCOPE_FILES} scopes at most.
   * @param state the library's: `library-state.ts`.
   */
  constructor(files: readonly SyncFile[], state: string) {
    this.#state = state;
    this.#slots = files.map((file) => ({ file, kept: null }));
    for (const slot of this.#slots) {
      slot.kept = attempt(() => open(slot.file, state));
      if (slot.kept === null) empty(slot);
    }
  }

  /** Whether a scope is kept. */
  has(scope: Scope): boolean {
    return this.#find(scope) !== null;
  }

  /** Reads a scope as of the last commit. @returns null when it is not kept, or its file is damaged. */
  read(scope: Scope): KeptScope | null {
    const slot = this.#find(scope);
    if (slot === null) return null;
    const { file, kept } = slot;
    const found = attempt(() => {
      const content = readContent(file, kept.head);
      const { lines, end } = readLines(file, linesStart(kept.head));
      return content && end === kept.end
        ? { ...content, changes: lines.flatMap(([, , change]) => change ?? []) }
        : null;
    });
    if (found === null) {
      empty(slot);
      return null;
    }
    kept.packages = found.packages;
    return found;
  }

  /** Takes note of a question: the scope that was asked about the longest ago makes room for another. */
  asked(scope: Scope): void {
    const kept = this.#find(scope)?.kept;
    if (kept) kept.askedAt = seconds();
  }

  /** Takes note of a commit; the second time, nothing happens. */
  tell(change: ReplicaChange): void {
    if (change.state === undefined || change.state === this.#state) return;
    const [from, to] = [this.#state, change.state];
    this.#state = to;
    const gathering = this.#gathering;
    if (gathering) {
      const { isRelevant } = weigh(change, gathering.scope, gathering.packages);
      gathering.lines.push([from, to, isRelevant ? change : null]);
    }
    for (const slot of this.#slots) {
      const { kept } = slot;
      if (kept === null) continue;
      const { isRelevant, assets } = weigh(change, kept.head.scope, kept.packages);
      if (!this.#append(slot, [[from, to, isRelevant ? change : null]], assets)) empty(slot);
    }
  }

  /** Whether a scope should be written: it is not kept, or many rows of it have to be read again. */
  wants(scope: Scope): boolean {
    if (this.#slots.length < SCOPE_FILES || this.#gathering !== null) return false;
    const writtenAt = this.#writtenAt.get(keyOf(scope));
    if (writtenAt !== undefined && performance.now() - writtenAt < PAUSE_MS) return false;
    const kept = this.#find(scope)?.kept;
    if (!kept) return true;
    return kept.assets > MANY_ASSETS * WORN || kept.end - linesStart(kept.head) > MANY_BYTES * WORN;
  }

  /**
   * Writes a scope whose content is that of the library's state now; lasts until the generator has ended. A caller that
   * leaves off, as the content has changed, must `return()` it.
   */
  *write(scope: Scope, content: ScopeContent): Generator<void, void> {
    const slot = this.#slots.find(({ kept }) => kept === null) ?? this.#oldest();
    if (!slot) return;
    empty(slot);
    const gathering = { scope, packages: content.packages, lines: [] as Line[] };
    this.#gathering = gathering;
    const state = this.#state;
    let isWhole = false;
    try {
      const written = yield* writeContent(slot.file, content);
      if (this.#gathering !== gathering) return;
      const former = this.#find(scope);
      const head: ScopeHead = { ...written, scope, state, askedAt: seconds() };
      const end = linesStart(head);
      slot.file.truncate(end);
      writeHead(slot.file, head);
      slot.kept = { head, askedAt: head.askedAt, packages: content.packages, end, assets: 0 };
      const assets = gathering.lines.reduce((sum, [, , change]) => sum + countAssets(change, gathering), 0);
      isWhole = this.#append(slot, gathering.lines, assets);
      if (isWhole && former) empty(former);
      if (isWhole) this.#writtenAt.set(keyOf(scope), performance.now());
    } catch (error) {
      this.#writtenAt.set(keyOf(scope), performance.now());
      throw error;
    } finally {
      if (!isWhole) empty(slot);
      this.#gathering = null;
      this.#makeRoom();
    }
  }

  /** Gives back the room that the files take. */
  clear(): void {
    this.#gathering = null;
    for (const slot of this.#slots) empty(slot);
  }

  close(): void {
    for (const { file } of this.#slots) attempt(() => file.close());
  }

  #find(scope: Scope): (Slot & { kept: Kept }) | null {
    const key = keyOf(scope);
    const slot = this.#slots.find(({ kept }) => kept !== null && keyOf(kept.head.scope) === key);
    return (slot as (Slot & { kept: Kept }) | undefined) ?? null;
  }

  /** @returns false when a line cannot be added, or there would be too many. */
  #append(slot: Slot, lines: readonly Line[], assets: number): boolean {
    const { file, kept } = slot;
    if (kept === null) return false;
    kept.assets += assets;
    if (kept.assets > MANY_ASSETS) return false;
    for (const line of lines) {
      const bytes = formatLine(line);
      const written = attempt(() => file.write(bytes, { at: kept.end }));
      if (written !== bytes.length) return false;
      kept.end += bytes.length;
    }
    return kept.end - linesStart(kept.head) <= MANY_BYTES;
  }

  #oldest(): Slot | undefined {
    return this.#slots.toSorted((a, b) => (a.kept?.askedAt ?? 0) - (b.kept?.askedAt ?? 0))[0];
  }

  #makeRoom(): void {
    if (this.#slots.some(({ kept }) => kept === null)) return;
    const oldest = this.#oldest();
    if (oldest) empty(oldest);
  }
}

/** Opens a file if it, and the lines since, lead to the library's state. */
function open(file: SyncFile, state: string): Kept | null {
  const head = readHead(file);
  if (head === null) return null;
  const { lines, end } = readLines(file, linesStart(head));
  let reached = head.state;
  let assets = 0;
  for (const [from, to, change] of lines) {
    if (from !== reached) return null;
    reached = to;
    assets += countAssets(change, { scope: head.scope, packages: null });
  }
  if (reached !== state) return null;
  return { head, askedAt: head.askedAt, packages: null, end, assets };
}

function countAssets(
  change: ReplicaChange | null,
  { scope, packages }: { scope: Scope; packages: ReadonlySet<string> | null },
): number {
  return change === null ? 0 : weigh(change, scope, packages).assets;
}

/** Tells whether a change concerns a scope, and how many of its assets have to be read again. */
function weigh(
  change: ReplicaChange,
  scope: Scope,
  packages: ReadonlySet<string> | null,
): { isRelevant: boolean; assets: number } {
  const pending = new PendingReads();
  const isNear = (id: string) => (scope.kind === 'package' ? id === scope.id : packages?.has(id) !== false);
  const isRelevant = pending.add(change, isNear);
  if (pending.packages === null) return { isRelevant, assets: Number.POSITIVE_INFINITY };
  const assets = new Set([...pending.assets, ...pending.tags]).size + pending.packages.size * PACKAGE_ASSETS;
  return { isRelevant, assets };
}

function empty(slot: Slot): void {
  slot.kept = null;
  // Should it fail, the file gets no further lines, and no longer leads to the library's state.
  attempt(() => slot.file.truncate(0));
}

/** Returns null where the storage fails: a scope that is not kept is read from SQL. */
function attempt<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    console.warn(error);
    return null;
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Names a scope. */
export function keyOf(scope: Scope): string {
  return scope.kind === 'library' ? scope.kind : `${scope.kind} ${scope.id}`;
}
