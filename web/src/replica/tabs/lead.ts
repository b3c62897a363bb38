/** Runs the replica in the leading worker and answers all tabs. */
import type { PGliteOptions } from '@electric-sql/pglite';
import { describeError } from '../model/describe-error.ts';
import { openingStatus } from '../model/opening-status.ts';
import type { Replica, ReplicaStatus } from '../model/replica.ts';
import { bundledSql } from '../open/bundled-sql.ts';
import { fetchImage } from '../open/fetch-image.ts';
import { markFailed, type OpenedStorage, openStorage } from '../open/open-storage.ts';
import { buildKey, preparedDirectory } from '../open/prepared-directory.ts';
import { UNBUILT_VERSION } from '../open/replica-version.ts';
import { startReplica } from '../open/start-replica.ts';
import { DatabaseDamagedError, databaseFailure, NewerReplicaError } from '../storage/storage-errors.ts';
import { createFirstReads } from './first-reads.ts';
import { serveReplica } from './serve-replica.ts';
import type { RestartMessage, SharedMessage } from './tab-messages.ts';

/** The name of the channel and of the storage. */
const { name } = self;
const version = buildKey ?? UNBUILT_VERSION;
const shared = new BroadcastChannel(name);
let restarting = false;

/** Milliseconds between attempts to open the replica: space or the network may be available again. */
const RETRY_MS = 5_000;

const FULL = 'This device is full, so the library cannot be opened. Free some space and IngestHub will continue.';

/**
 * Leads until the worker ends.
 *
 * @param durable false where tabs cannot agree on a writer; nothing is stored then.
 * @param programs PGlite's programs, still loading.
 * @param own port to this worker's tab.
 * @returns only when a newer version owns the replica: a tab of that version must lead.
 */
export async function lead(durable: boolean, programs: Promise<PGliteOptions>, own: MessagePort): Promise<void> {
  let opened: OpenedStorage | null = null;
  try {
    opened = await openStorage(name, { version, durable, preparedDirectory, programs, image });
    const firstReads = createFirstReads();
    const replica = await startReplica({
      database: opened.database,
      storage: opened.storage,
      server: self.location.origin,
      fetch: (...request) => firstReads.after(() => fetch(...request)),
      sql: bundledSql,
      journal: opened.journal,
      scopeFiles: opened.scopeFiles,
      deviceRoom: { estimate: estimateRoom, hasRoom: opened.hasRoom },
      onDatabaseFailure: (failure, error) => void restart(failure === 'damaged' ? 'damaged' : null, error),
    });
    await opened.markComplete();
    const happened = describeOpening(opened.madeAnew, replica.rescued);
    if (happened !== null) replica.notice(happened);
    const query: Replica['query'] = (statement) => firstReads.watch(replica.query(statement));
    serveReplica({ ...replica, query }, name, { version, own });
    firstReads.begin();
  } catch (error) {
    if (error instanceof NewerReplicaError) {
      tellFailure(error.message);
      return;
    }
    const full = databaseFailure(error) === 'full' || opened?.hasRoom() === false;
    // The existing database must be the cause: the code that opens it has not changed.
    if (!full && (error instanceof DatabaseDamagedError || opened?.wasThere)) await restart('doubtful', error);
    else {
      tellFailure(full ? FULL : describeFailure(error));
      setTimeout(() => void restart(null, error), RETRY_MS);
    }
  }
  await new Promise<never>(() => {});
}

/** Asks the tab to end this worker, with everything it holds, and to start another. */
async function restart(mark: 'doubtful' | 'damaged' | null, error: unknown): Promise<void> {
  // Every outstanding query fails too once the database has ended.
  if (restarting) return;
  restarting = true;
  console.error(error);
  try {
    if (mark !== null) await markFailed(name, mark);
  } catch (cause) {
    // Without the mark, the next worker opens the database as it is and meets the same error.
    console.error(cause);
  }
  self.postMessage('restart' satisfies RestartMessage);
}

function image(projects: readonly string[] | null): ReturnType<typeof fetchImage> | Promise<null> {
  if (buildKey === null || projects?.length === 0) return Promise.resolve(null);
  return fetchImage({ key: buildKey, projects }, (download) => {
    const status: ReplicaStatus = { ...openingStatus, online: true, storage: 'opfs', download };
    shared.postMessage({ version, kind: 'status', status } satisfies SharedMessage);
  });
}

async function estimateRoom(): Promise<{ usage: number; quota: number } | null> {
  const { usage, quota } = await navigator.storage.estimate();
  return usage === undefined || quota === undefined ? null : { usage, quota };
}

function describeOpening(madeAnew: OpenedStorage['madeAnew'], rescued: number): string | null {
  const kept = rescued === 1 ? ' 1 unsent change was kept.' : ` ${rescued} unsent changes were kept.`;
  if (madeAnew === 'damage')
    return `This device’s copy of the library was damaged and has been rebuilt.${rescued > 0 ? kept : ''}`;
  if (madeAnew === 'newer version')
    return `This device’s copy of the library has been rebuilt for this version.${rescued > 0 ? kept : ''}`;
  return null;
}

function describeFailure(error: unknown): string {
  return `The library on this device could not be opened: ${describeError(error)}`;
}

function tellFailure(problem: string): void {
  const status: ReplicaStatus = { ...openingStatus, phase: 'failed', storage: 'opfs', problem };
  const tell = () => shared.postMessage({ version, kind: 'failed', status } satisfies SharedMessage);
  // A tab that opens later asks first, and gets the same answer.
  shared.onmessage = ({ data }: MessageEvent<SharedMessage>) => {
    if (data.kind === 'question') tell();
  };
  tell();
}
