/** Vitest's global setup: one Postgres per run, in a temporary folder that is removed afterwards. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-test-postgres-'));
  await chmod(folder, 0o755);
  const server = await startPostgres({
    folder: path.join(folder, 'cluster'),
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      shared_buffers: '32MB',
    },
  });
  process.env['IHUB_TEST_POSTGRES_URL'] = server.url;
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
