/**
 * Watches one media root: shows folders that nobody has ingested, has packages scanned again whose folder has
 * changed and come to rest, and believes nothing of a root that looks unmounted.
 */
import path from 'node:path';
import type { StoredIncomingRow } from '@ingesthub/schema/rows.ts';
import type { WorkerContext } from '../jobs/worker-context.ts';
import type { MediaRoot } from '../roots/media-root.ts';
import { transaction } from '../sql/client.ts';
import { coveredFolders, markGone, markIngested, openIncoming, writeSettling } from '../sql/incoming.ts';
import { requestRescan } from '../sql/runs.ts';
import { markFolderGone, type WatchedPackage, watchedPackages } from '../sql/watched-packages.ts';
import { findIncoming } from './find-incoming.ts';
import { findRenamed } from './find-renamed.ts';
import { lookAtTree, type TreeLook } from './look-at-tree.ts';
import { proposeIncoming } from './propose-incoming.ts';
import { isSettled, type Watched, waitingFor, watchOn } from './settle.ts';

export interface WatchIntervals {
  /** How long a folder has to be quiet, in milliseconds. */
  readonly settleMs: number;
  /** How often folders that are at rest are looked at, in milliseconds. */
  readonly restMs: number;
}

interface Memory {
  watched: Watched;
  /** When to look again. */
  next: number;
}

export class RootWatch {
  readonly #root: MediaRoot;
  readonly #context: WorkerContext;
  readonly #intervals: WatchIntervals;
  readonly #memory = new Map<string, Memory>();

  constructor(root: MediaRoot, intervals: WatchIntervals, context: WorkerContext) {
    this.#root = root;
    this.#intervals = intervals;
    this.#context = context;
  }

  /** Looks at everything at the next round, whatever rested. */
  wake(): void {
    for (const memory of this.#memory.values()) memory.next = 0;
  }

  /** @param now milliseconds of a clock that only goes forward. */
  async round(now: number): Promise<void> {
    const { sql, signal } = this.#context;
    await markIngested(sql, this.#root.id);
    const covered = await coveredFolders(sql, this.#root.path);
    const known = await openIncoming(sql, this.#root.id);
    const folders = await findIncoming(this.#root.path, covered);
    const seen = new Set(folders);
    await markGone(
      sql,
      [...known.keys()].filter((folder) => !seen.has(folder)),
    );
    const packages = await watchedPackages(sql, this.#root.id);
    for (const folder of [...this.#memory.keys()]) {
      if (!seen.has(folder) && !packages.some(({ sourcePath }) => sourcePath === folder)) this.#memory.delete(folder);
    }
    for (const one of packages) {
      signal.throwIfAborted();
      await this.#lookAtPackage(one, now);
    }
    for (const folder of folders) {
      signal.throwIfAborted();
      await this.#lookAtIncoming(folder, known.get(folder) ?? null, now);
    }
  }

  async #lookAtIncoming(folder: string, row: StoredIncomingRow | null, now: number): Promise<void> {
    if (row?.decision === 'dismissed') return;
    const looked = await this.#look(folder, now);
    if (looked === null || looked === 'gone' || looked.look.files + looked.look.partial === 0) return;
    const { look, watched } = looked;
    const { sql, log } = this.#context;
    if (row?.status === 'proposed' && row.fingerprint === look.fingerprint) return this.#rest(folder, now);
    if (!isSettled(watched, now, this.#intervals.settleMs)) {
      if (row === null) log.info({ event: 'folder found', folder });
      await transaction(sql, (session) =>
        writeSettling(session, {
          rootId: this.#root.id,
          path: folder,
          name: path.basename(folder),
          files: look.files,
          size: look.size,
          problem: waitingFor(watched),
        }),
      );
      return;
    }
    const renamed = await findRenamed(folder, look, this.#root.id, this.#context);
    if (renamed === null) await proposeIncoming(folder, look, this.#root, this.#context);
    this.#rest(folder, now);
  }

  async #lookAtPackage(one: WatchedPackage, now: number): Promise<void> {
    const { sql, log } = this.#context;
    const looked = await this.#look(one.sourcePath, now);
    if (looked === null) return;
    if (looked === 'gone') {
      const gone = await transaction(sql, (session) => markFolderGone(session, one.id, one.sourcePath));
      if (gone) log.warn({ event: 'package folder gone', package: one.id, folder: one.sourcePath });
      return;
    }
    const { look, watched } = looked;
    if (look.fingerprint === one.fingerprint && !one.hasPending) return this.#rest(one.sourcePath, now);
    if (!isSettled(watched, now, this.#intervals.settleMs)) return;
    log.info({ event: 'package changed', package: one.id, folder: one.sourcePath });
    await transaction(sql, (session) => requestRescan(session, one.id));
    this.#rest(one.sourcePath, now);
  }

  /** Null: it is not due. */
  async #look(folder: string, now: number): Promise<{ look: TreeLook; watched: Watched } | 'gone' | null> {
    const memory = this.#memory.get(folder);
    if (memory !== undefined && now < memory.next) return null;
    const { mediaRoots: roots, signal } = this.#context;
    const look = await lookAtTree(folder, { roots, signal });
    if (look === null) {
      this.#memory.delete(folder);
      return 'gone';
    }
    const watched = watchOn(memory?.watched ?? null, look, now);
    this.#memory.set(folder, { watched, next: 0 });
    return { look, watched };
  }

  #rest(folder: string, now: number): void {
    const memory = this.#memory.get(folder);
    if (memory !== undefined) memory.next = now + this.#intervals.restMs;
  }
}
