/** Vitest's global setup: one Postgres for the run, in a temporary folder, gone with it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-test-postgres-'));
  await chmod(folder, 0o755);
  const server = await startPostgres({
    folder: path.join(folder, 'cluster'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  });
  process.env['IHUB_TEST_POSTGRES_URL'] = server.url;
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
