import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { EngineProcess } from './shape-engine/soak/engine-process.ts';

const CLI = fileURLToPath(new URL('./shapes-cli.ts', import.meta.url));

function run(...args: string[]): Promise<{ code: unknown; words: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, words: stdout + stderr }),
    );
  });
}

test('shapes --reset drops the publication, the slot and the shapes, but not while the engine runs', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { sql, url } = database;
  const dataDir = await mkdtemp(join(tmpdir(), 'ingesthub-reset-'));
  const left = async () => {
    const [row] = await sql`
      SELECT
        (SELECT count(*)::int FROM pg_publication) AS publications,
        (SELECT count(*)::int FROM pg_replication_slots WHERE database = current_database()) AS slots`;
    return row;
  };
  await sql`CREATE TABLE kept (id int PRIMARY KEY)`;
  const engine = await EngineProcess.create({ databaseUrl: url, dataDir });
  engine.start();
  await engine.active();
  const handle = async () => {
    const answer = await fetch(`${engine.url}?table=kept&offset=-1`);
    await answer.body?.cancel();
    return answer.headers.get('electric-handle');
  };
  const before = await handle();
  const running = await run('--database-url', url, '--data-dir', dataDir, '--reset');
  expect(running.code).toBe(1);
  expect(running.words).toContain('is active');
  await engine.end('SIGTERM');
  expect(await left()).toEqual({ publications: 1, slots: 1 });

  expect((await run('--database-url', url, '--data-dir', dataDir, '--reset')).code).toBe(0);
  expect(await left()).toEqual({ publications: 0, slots: 0 });
  engine.start();
  await engine.active();
  expect(await handle()).not.toBe(before);
  await engine.end('SIGTERM');
  await rm(dataDir, { recursive: true });
});

test('shapes ends with the npm process that started it', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const port = await freePort();
  // A shell stands in for npm: it waits for the process it started.
  const command = `"${process.execPath}" "${CLI}" --database-url "${database.url}" --port ${port}; true`;
  const npm = spawn('sh', ['-c', command], { env: { ...process.env, npm_lifecycle_event: 'shapes' }, stdio: 'ignore' });
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/v1/health`).catch(() => null)) !== null;
  await expect.poll(answers).toBe(true);
  npm.kill('SIGKILL');
  await expect.poll(answers).toBe(false);
});

test.each([
  [['--port', '1'], '--database-url'],
  [['--database-url', 'postgres://localhost/x'], '--port'],
  [['--database-url', 'http://localhost', '--port', '1'], '--database-url'],
  [['--nonsense'], '--nonsense'],
])('shapes %j reports the error and exits with 2', async (args, named) => {
  const { code, words } = await run(...args);
  expect(code).toBe(2);
  expect(words).toContain(named);
  expect(words).toContain('Usage:');
});
