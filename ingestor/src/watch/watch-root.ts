/**
 * Watches one media root: shows folders that are not ingested, requests a scan of packages whose folder has changed and
 * settled, and ignores a root that looks unmounted.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { StoredIncomingRow } from '@ingesthub/schema/library/rows.ts';
import { diskPath } from '@ingesthub/schema/paths/disk-path.ts';
import { storedText } from '@ingesthub/schema/paths/stored-path.ts';
import { proposeIncoming } from '../jobs/incoming/propose-incoming.ts';
import { isQuiet, isSettled, type Watched, waitingFor, watchOn } from '../jobs/incoming/settle.ts';
import type { WorkerContext } from '../jobs/queue/worker-context.ts';
import type { MediaRoot } from '../roots/media-root.ts';
import { seeRoot } from '../roots/see-root.ts';
import { isInsideAny } from '../scan/media-roots.ts';
import { isAway, transaction } from '../sql/client.ts';
import { coveredFolders, markGone, markIngested, openIncoming, writeSettling } from '../sql/incoming.ts';
import { requestRescan } from '../sql/runs.ts';
import { markFolderGone, type WatchedPackage, watchedPackages } from '../sql/watched-packages.ts';
import { findIncoming } from './find-incoming.ts';
import { findRenamed } from './find-renamed.ts';
import { lookAtTree, type TreeLook } from './look-at-tree.ts';

export interface WatchIntervals {
  /** How long a folder has to be unchanged, in milliseconds. */
  readonly settleMs: number;
  /** How often settled folders are read, in milliseconds. */
  readonly restMs: number;
}

interface Memory {
  watched: Watched;
  /** When to read the folder again. */
  next: number;
  /**
   * For a package: the fingerprint of the tree that was last requested to be scanned. A failed scan would fail again.
   */
  asked: string | null;
  /** For an incoming folder: whether it was compared with all packages whose folders are gone. */
  compared: boolean;
}

export class RootWatch {
  readonly #root: MediaRoot;
  readonly #context: WorkerContext;
  readonly #intervals: WatchIntervals;
  readonly #memory = new Map<string, Memory>();
  /** Packages whose folders were missing in the last round. */
  readonly #gone = new Set<string>();
  /** Aborts when the root does not answer the current round. */
  #silent: AbortSignal | null = null;
  /** Folders whose proposal is in progress: a model may be slow, and the others are watched in the meantime. */
  readonly #proposing = new Map<string, Promise<void>>();

  constructor(root: MediaRoot, intervals: WatchIntervals, context: WorkerContext) {
    this.#root = root;
    this.#intervals = intervals;
    this.#context = context;
  }

  /** Makes the next round read every folder. */
  wake(): void {
    for (const memory of this.#memory.values()) memory.next = 0;
  }

  /** Forgets everything after the root was away, because what failed meanwhile failed for that reason. */
  comeBack(): void {
    this.#memory.clear();
  }

  /** Resolves when nothing that a round began is running. */
  async idle(): Promise<void> {
    await Promise.all(this.#proposing.values());
  }

  /**
   * @param now milliseconds of a monotonic clock.
   * @param silent aborts when the root stops answering.
   */
  async round(now: number, silent: AbortSignal): Promise<void> {
    const { sql, roots } = this.#context;
    this.#silent = silent;
    await markIngested(sql, this.#root.id);
    const packages = await watchedPackages(sql, this.#root.id);
    for (const one of packages) await this.#guarded(storedText(one.sourcePath), () => this.#lookAtPackage(one, now));

    const covered = await coveredFolders(sql, this.#root.path);
    for (const { path: other } of roots) if (other !== this.#root.path) covered.add(other);
    const known = await openIncoming(sql, this.#root.id);
    const { folders, unread } = await findIncoming(this.#root.path, covered);
    const seen = new Set(folders);
    await this.#markGone([...known.keys()].filter((folder) => !seen.has(folder) && !isInsideAny(unread, folder)));
    for (const folder of folders) {
      await this.#guarded(folder, () => this.#lookAtIncoming(folder, known.get(folder) ?? null, now));
    }
    for (const { sourcePath } of packages) seen.add(storedText(sourcePath));
    for (const folder of this.#memory.keys()) if (!seen.has(folder)) this.#memory.delete(folder);
  }

  async #lookAtIncoming(folder: string, row: StoredIncomingRow | null, now: number): Promise<void> {
    if (row?.decision === 'dismissed' || this.#proposing.has(folder)) return;
    const looked = await this.#look(folder, now);
    if (looked === null || looked === 'gone') return;
    const { look, memory } = looked;
    const { sql, log } = this.#context;
    if (look.files + look.partial === 0) {
      // The files for which it was proposed are gone.
      if (row !== null && look.unreadable === 0) await this.#markGone([folder]);
      return;
    }
    if (row?.status === 'proposed' && row.fingerprint === look.fingerprint) {
      if (!memory.compared) await this.#follow(folder, looked);
      return this.#rest(folder, now);
    }
    if (!isSettled(memory.watched, now, this.#intervals.settleMs)) {
      if (row === null) log.info({ event: 'folder found', folder });
      await transaction(sql, (session) =>
        writeSettling(session, {
          rootId: this.#root.id,
          path: folder,
          name: path.basename(folder),
          files: look.files,
          size: look.size,
          problem: waitingFor(memory.watched),
        }),
      );
      return;
    }
    if (await this.#follow(folder, looked)) return;
    this.#propose(folder, look);
    this.#rest(folder, now);
  }

  async #lookAtPackage(one: WatchedPackage, now: number): Promise<void> {
    const { sql, log } = this.#context;
    const folder = storedText(one.sourcePath);
    const looked = await this.#look(folder, now);
    if (looked === null) return;
    if (looked === 'gone') return this.#packageGone(one);
    this.#gone.delete(one.id);
    const { look, memory } = looked;
    if (look.fingerprint === one.fingerprint && !one.hasPending && !one.hasFailed) {
      memory.asked = null;
      return this.#rest(folder, now);
    }
    if (memory.asked === look.fingerprint) return this.#rest(folder, now);
    if (!isQuiet(memory.watched, now, this.#intervals.settleMs)) return;
    log.info({ event: 'package changed', package: one.id, folder });
    await transaction(sql, (session) => requestRescan(session, one.id));
    memory.asked = look.fingerprint;
    this.#rest(folder, now);
  }

  async #packageGone(one: WatchedPackage): Promise<void> {
    const { sql, log } = this.#context;
    const folder = storedText(one.sourcePath);
    // The root may have disappeared since the round began.
    if (this.#gone.has(one.id) || (await seeRoot(this.#root, this.#context)) !== null) return;
    this.#gone.add(one.id);
    // The package may have been copied to a folder that was proposed long ago.
    for (const memory of this.#memory.values()) {
      if (!memory.compared) continue;
      memory.compared = false;
      memory.next = 0;
    }
    const isNews = await transaction(sql, (session) => markFolderGone(session, one.id, folder));
    if (isNews) log.warn({ event: 'package folder gone', package: one.id, folder });
  }

  /** @returns whether the folder is, or contains, that of a package which was elsewhere before. */
  async #follow(folder: string, { look, memory }: Looked): Promise<boolean> {
    const followed = await findRenamed(folder, look, this.#context);
    memory.compared = true;
    return followed !== null;
  }

  #propose(folder: string, look: TreeLook): void {
    const work = this.#guarded(folder, () => proposeIncoming(folder, look, this.#root, this.#context));
    this.#proposing.set(
      folder,
      work.catch(() => {}).finally(() => this.#proposing.delete(folder)),
    );
  }

  async #markGone(folders: readonly string[]): Promise<void> {
    if (folders.length === 0 || (await seeRoot(this.#root, this.#context)) !== null) return;
    await markGone(this.#context.sql, folders);
  }

  /** Returns null when the folder is not due. */
  async #look(folder: string, now: number): Promise<Looked | 'gone' | null> {
    const before = this.#memory.get(folder);
    if (before !== undefined && now < before.next) {
      // Checking that the folder still exists is cheap.
      const isThere = await stat(diskPath(folder)).catch((error: NodeJS.ErrnoException) => error.code !== 'ENOENT');
      if (isThere) return null;
    }
    const { mediaRoots: roots, signal } = this.#context;
    const look = await lookAtTree(folder, { roots, signal });
    if (look === null) {
      this.#memory.delete(folder);
      return 'gone';
    }
    const memory: Memory = {
      asked: null,
      compared: false,
      ...before,
      watched: watchOn(before?.watched ?? null, look, now),
      next: 0,
    };
    this.#memory.set(folder, memory);
    return { look, memory };
  }

  #rest(folder: string, now: number): void {
    const memory = this.#memory.get(folder);
    if (memory !== undefined) memory.next = now + this.#intervals.restMs;
  }

  /** Keeps an error in one folder from affecting the others. */
  async #guarded(folder: string, work: () => Promise<void>): Promise<void> {
    const { signal, log } = this.#context;
    const silent = this.#silent;
    signal.throwIfAborted();
    silent?.throwIfAborted();
    try {
      await work();
    } catch (error) {
      signal.throwIfAborted();
      silent?.throwIfAborted();
      if (isAway(error)) throw error;
      log.warn({ event: 'folder not looked at', folder, err: error });
    }
  }
}

interface Looked {
  readonly look: TreeLook;
  readonly memory: Memory;
}
