import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { type RunningPostgres, startPostgres } from '@ingesthub/launch/postgres.ts';
import postgres, { type Sql } from 'postgres';
import { expect, onTestFailed, test } from 'vitest';
import { runIhub, startDaemon } from './testing/ihub-process.ts';
import { makePicture, makeWithFfmpeg } from './testing/media-files.ts';
import { until } from './testing/until.ts';

const CROPS = 120;
/**
 * Minutes: a job whose end was not recorded counts as lost after a quarter of one, and its retries grow further apart.
 */
const PATIENCE = 3;

test('a daemon survives Postgres starting late, restarting, cutting connections, and stopping before it', async () => {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-away-')));
  await chmod(base, 0o755);
  const port = await freePort();
  const startAgain = (): Promise<RunningPostgres> =>
    startPostgres({ folder: path.join(base, 'postgres'), port, settings: { fsync: 'off' } });
  const media = path.join(base, 'media');
  const env = (url: string) => ({
    DATABASE_URL: url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: path.join(base, 'derivatives'),
    IHUB_POLL_SECONDS: '1',
  });
  for (let index = 0; index < CROPS; index += 1) await makePicture(path.join(media, `shots/A/${index}_0.png`), index);
  await makeWithFfmpeg(path.join(media, 'shots/A/long.avi'), '-f lavfi -i testsrc2=size=640x360:duration=8 -c:v mjpeg');
  // Creates the cluster, whose password must be known before it starts.
  const first = await startAgain();
  await first.stop();
  await using daemon = startDaemon(env(first.url));
  onTestFailed(() => console.error(daemon.output()));
  await until(async () => daemon.output().includes('waiting for the database'));

  let server = await startAgain();
  await using sql = disposable(postgres(server.url, { max: 1, onnotice: () => {} }));
  await daemon.ready;
  const ingest = async (...more: string[]) => {
    const args = ['ingest', path.join(media, 'shots/A'), '--project', 'Demo', '--yes', '--no-wait', ...more];
    expect((await runIhub(args, env(server.url))).stderr).toBe('');
  };
  let hasEnded = false;
  void daemon.ended.then(() => {
    hasEnded = true;
  });
  const isDone = async () => {
    expect(hasEnded, 'the daemon is still running').toBe(false);
    const [row] = await sql`SELECT NOT EXISTS (SELECT FROM runs WHERE status <> 'done') AS done`;
    return row?.['done'];
  };
  await ingest();
  await until(async () => (await sql`SELECT FROM assets WHERE thumbnail_status = 'ready' LIMIT 1`).length > 0);

  const before = daemon.output();
  await server.stop();
  const status = await runIhub(['status'], env(first.url));
  expect(status).toMatchObject({ code: 1, stdout: '' });
  expect(status.stderr.trim()).toMatch(/^[^\n]*The database at .* does not answer[^\n]*$/);
  await until(async () => daemon.output().includes('database away'));
  // Long enough for every part of the daemon to fail a few times.
  await delay(Number(process.env['IHUB_TEST_OUTAGE_MS'] ?? 2500));
  server = await startAgain();
  await until(async () => daemon.output().includes('database back'));
  await until(isDone, PATIENCE);
  const words = daemon.output().slice(before.length).trim().split('\n');
  expect(words.filter((line) => line.includes('database away'))).toHaveLength(1);
  expect(words.length, words.join('\n')).toBeLessThan(30);
  expect(await problems(sql)).toEqual([]);

  await ingest('--force');
  for (let count = 0; count < 10; count += 1) {
    await sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name LIKE 'ihub%' AND pid <> pg_backend_pid() ORDER BY random() LIMIT ${1 + (count % 4)}`;
    await delay(150);
  }
  await until(isDone, PATIENCE);
  expect(await problems(sql)).toEqual([]);
  // The daemon's heartbeat is every five seconds.
  await until(async () => {
    const locks = await sql`SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 4711002`;
    return locks.length === 1;
  });

  await server.stop();
  const asked = performance.now();
  daemon.kill('SIGTERM');
  expect((await daemon.ended).code).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  await rm(base, { recursive: true, force: true });
}, 480_000);

function disposable(sql: Sql): Sql & AsyncDisposable {
  return Object.assign(sql, { [Symbol.asyncDispose]: () => sql.end({ timeout: 0 }) });
}

async function problems(sql: Sql) {
  return sql`
    SELECT relative_path, problem FROM assets
    WHERE problem IS NOT NULL OR 'failed' IN (probe_status, thumbnail_status, proxy_status, sprite_status)
      OR 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status)`;
}
