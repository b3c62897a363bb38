import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { makeMixedDelivery } from './soak/mixed-delivery.ts';
import { OBEYING_MODES, runIhub, startDaemon } from './testing/ihub-process.ts';
import { until } from './testing/until.ts';

const run = promisify(execFile);

test('an ingest never writes to, moves or touches originals in a read-only root', async () => {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-originals-')));
  await using database = await createTestDatabase();
  const media = path.join(base, 'media');
  await makeMixedDelivery(media, 5, { crops: 6, longest: 1 });
  await symlink('00001_0.png', path.join(media, 'shots/CLIENT_A/aligned/link.png'));
  await run('chmod', ['-R', 'a-w', media]);
  const [touch = 'touch', ...args] = [...OBEYING_MODES, 'touch', path.join(media, 'written')];
  await expect(run(touch, args)).rejects.toThrow('Permission denied');
  const before = await listing(media);
  const env = {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: path.join(base, 'derivatives'),
    IHUB_POLL_SECONDS: '0.5',
    IHUB_SETTLE_SECONDS: '0.5',
    IHUB_RESCAN_SECONDS: '1',
  };
  await using daemon = startDaemon(env, OBEYING_MODES);
  await daemon.ready;
  await until(async () => (await database.sql`SELECT FROM incoming WHERE status = 'proposed'`).length > 0);
  for (const more of [[], ['--force']]) {
    for (const folder of ['shots/CLIENT_A', 'shots/CLIENT_B']) {
      await runIhub(['ingest', path.join(media, folder), '--project', 'Demo', '--yes', ...more], env);
    }
  }
  const [made] = await database.sql`
    SELECT count(*)::integer AS count FROM assets WHERE 'ready' IN (thumbnail_status, proxy_status, waveform_status)`;
  expect(made?.['count']).toBeGreaterThan(10);
  expect(await listing(media)).toEqual(before);
  daemon.kill('SIGTERM');
  await daemon.ended;
  await run('chmod', ['-R', 'u+w', media]);
  await rm(base, { recursive: true, force: true });
}, 180_000);

/** Lists every entry with its kind, mode, owner, size, inode, and the times of its last write and last change. */
async function listing(folder: string): Promise<string[]> {
  const { stdout } = await run('find', [folder, '-printf', '%p %y %m %U:%G %s %i %n %T@ %C@\\n'], { maxBuffer: 1e8 });
  return stdout.split('\n').sort();
}
