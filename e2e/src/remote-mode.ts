/** Provides what a product needs in remote mode: its own database, and an Electric that follows the database. */
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { isRemoteMode, RemoteElectric } from './remote-electric.ts';

export interface RemoteMode extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
}

interface Users {
  count: number;
  readonly electric: Promise<RemoteElectric>;
}

/** By data folder, so that a restarted product finds its database. The databases end with the test run's Postgres. */
const databases = new Map<string, Promise<TestDatabase>>();
/** By data folder, while products run there. */
const running = new Map<string, Users>();

/** @returns null outside of remote mode; otherwise a resource to dispose of when the product has ended. */
export async function enterRemoteMode(dataDir: string): Promise<RemoteMode | null> {
  if (!isRemoteMode) return null;
  const making = databases.get(dataDir) ?? createTestDatabase({ migrated: false });
  databases.set(dataDir, making);
  const { url } = await making;
  const storage = `${dataDir}-electric`;
  const users = running.get(dataDir) ?? { count: 0, electric: RemoteElectric.start({ databaseUrl: url, storage }) };
  running.set(dataDir, users);
  users.count++;
  const electric = await users.electric;
  return {
    env: { DATABASE_URL: url, ...electric.env },
    async [Symbol.asyncDispose]() {
      users.count--;
      if (users.count > 0) return;
      running.delete(dataDir);
      await electric[Symbol.asyncDispose]();
    },
  };
}
