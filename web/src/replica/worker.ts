/**
 * The worker of one tab. All tabs' workers ask for one lock: the one that has it leads, runs the
 * replica and answers all tabs; when it ends, the next one does.
 */
import { fetchImage } from '../replica-image/fetch-image.ts';
import { pglitePrograms } from '../replica-image/pglite-programs.ts';
import { buildKey, preparedDirectory } from '../replica-image/prepared-directory.ts';
import { bundledSql } from './bundled-sql.ts';
import { openStorage } from './open-storage.ts';
import { openingStatus } from './opening-status.ts';
import type { ReplicaStatus } from './replica.ts';
import { serveReplica } from './serve-replica.ts';
import { startReplica } from './start-replica.ts';
import type { SharedMessage } from './tab-messages.ts';

/** The channel's, the lock's and the storage's name. */
const { name } = self;

async function lead(durable: boolean): Promise<void> {
  let storage: ReplicaStatus['storage'] = 'memory';
  const shared = new BroadcastChannel(name);
  try {
    const opened = await openStorage(name, {
      durable,
      preparedDirectory,
      programs: pglitePrograms,
      image: async () =>
        buildKey === null
          ? null
          : fetchImage(buildKey, (download) => {
              const status: ReplicaStatus = { ...openingStatus, online: true, storage: 'opfs', download };
              shared.postMessage({ kind: 'status', status } satisfies SharedMessage);
            }),
    });
    storage = opened.storage;
    const replica = await startReplica({
      database: opened.database,
      storage,
      server: self.location.origin,
      sql: bundledSql,
    });
    await opened.markComplete();
    shared.close();
    serveReplica(replica, name);
  } catch (error) {
    console.error(error);
    tellFailure(error, storage);
  }
}

function tellFailure(error: unknown, storage: ReplicaStatus['storage']): void {
  const reason = error instanceof Error ? error.message : String(error);
  const status: ReplicaStatus = {
    ...openingStatus,
    phase: 'failed',
    storage,
    problem: `The library on this device could not be opened: ${reason}`,
  };
  const shared = new BroadcastChannel(name);
  const tell = () => shared.postMessage({ kind: 'status', status } satisfies SharedMessage);
  // Tabs that come later ask first, and are told too.
  shared.onmessage = ({ data }: MessageEvent<SharedMessage>) => {
    if (data.kind === 'question') tell();
  };
  tell();
}

// Without a secure origin there are no locks: the tab is on its own, and its channel has a name of its own.
const locks: LockManager | undefined = navigator.locks;
if (locks === undefined) void lead(false);
else void locks.request(`${name}:leader`, () => new Promise<never>(() => void lead(true)));
