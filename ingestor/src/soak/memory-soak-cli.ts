/**
 * `npm run test:soak -- --part memory [--minutes 5 --files 5000]`: one daemon ingests the same files again and again;
 * its memory must not grow.
 */
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import startTestPostgres from '@ingesthub/launch/vitest-postgres.ts';
import { z } from 'zod';
import { runIhub, startDaemon } from '../testing/ihub-process.ts';
import { makePicture } from '../testing/media-files.ts';

const options = { minutes: { type: 'string' }, files: { type: 'string' } } as const;
const { minutes, files } = z
  .object({ minutes: z.coerce.number().positive().default(5), files: z.coerce.number().int().min(1).default(5000) })
  .parse(parseArgs({ options }).values);

const stopPostgres = await startTestPostgres();
const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-memory-')));
try {
  await using database = await createTestDatabase();
  const { sql } = database;
  const media = path.join(base, 'media');
  for (let index = 0; index < files; index += 1) {
    await makePicture(path.join(media, `A/${Math.floor(index / 500)}/${index}_0.png`), index, {
      width: 32,
      height: 32,
    });
  }
  const env = { DATABASE_URL: database.url, MEDIA_ROOT_PATHS: media, PROXY_DIR: path.join(base, 'derivatives') };
  await using daemon = startDaemon({ ...env, IHUB_LOG_LEVEL: 'warn', IHUB_POLL_SECONDS: '1' });
  await daemon.ready;
  const until = performance.now() + minutes * 60_000;
  for (let round = 1; performance.now() < until; round += 1) {
    const started = performance.now();
    const args = ['ingest', path.join(media, 'A'), '--project', 'Demo', '--yes', '--no-wait', '--force'];
    const { code, stderr } = await runIhub(args, env);
    if (code !== 0) throw new Error(stderr);
    while ((await sql`SELECT FROM runs WHERE status IN ('queued', 'scanning', 'processing')`).length > 0)
      await delay(100);
    const [jobs] =
      await sql`SELECT count(*)::integer AS count, pg_size_pretty(pg_total_relation_size('pgboss.job_common')) AS size FROM pgboss.job`;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `round ${round}: ${seconds} s, ${await memoryOf(daemon.pid)}, ${jobs?.['count']} jobs (${jobs?.['size']})`,
    );
  }
  console.log(daemon.output());
} finally {
  await rm(base, { recursive: true, force: true });
  await stopPostgres();
}

async function memoryOf(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return `${megabytes('VmRSS')} MB resident (${megabytes('RssAnon')} MB its own)`;
}
