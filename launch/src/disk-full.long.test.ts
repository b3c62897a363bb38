import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from './config.ts';
import { makeTestFolder, startProduct } from './testing/product-process.ts';

const run = promisify(execFile);
const PATIENCE = { timeout: 120_000, interval: 500 };

/** Returns a version 7 UUID, like the ids of the outbox's mutations. */
function uuidOfNow(): string {
  const now = Date.now().toString(16).padStart(12, '0');
  return `${now.slice(0, 8)}-${now.slice(8)}-7${randomUUID().slice(15)}`;
}

test('the product warns before its database disk is full, survives the full disk and recovers by itself', async ({
  skip,
}) => {
  const base = await makeTestFolder();
  await run('chmod', ['755', base]);
  const disk = path.join(base, 'disk');
  await mkdir(disk);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=600m,mode=755', 'tmpfs', disk]).then(
    () => true,
    () => false,
  );
  if (!mounted) return skip('cannot mount a small file system here');
  onTestFinished(async () => void (await run('umount', ['-l', disk])));

  const dataDir = path.join(disk, 'data');
  const { child, env, url, said } = await startProduct(base, { dataDir, env: { IHUB_MIN_FREE_GB: '0.12' } });

  const health = async () => {
    const answer = await fetch(`${url}/api/health`).catch(() => null);
    const body = (await answer?.json()) as { warnings?: string[] } | undefined;
    return { status: answer?.status, warnings: body?.warnings ?? [] };
  };
  const mutation = {
    id: uuidOfNow(),
    name: 'projects.create',
    args: { ids: [randomUUID()], set: { name: 'Late', type: 'vfx' } },
  };
  const client = randomUUID();
  const send = async () => {
    const body = JSON.stringify({ client, mutations: [mutation] });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/mutations`, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  };
  /** Fills the disk except for `left` bytes. */
  const fill = async (name: string, left: number) => {
    const { bavail, bsize } = await statfs(disk);
    await writeFile(path.join(disk, name), Buffer.alloc(bavail * bsize - left));
  };

  // The product may have to build the web app first.
  await expect.poll(health, { ...PATIENCE, timeout: 300_000 }).toEqual({ status: 200, warnings: [] });
  await fill('filler', 100_000_000);
  const warning = expect.stringMatching(/^The disk of the database has .* changes wait until there is room\.$/);
  await expect.poll(async () => (await health()).warnings, PATIENCE).toContainEqual(warning);
  expect((await health()).status).toBe(200);
  expect(await send()).toMatchObject({
    status: 503,
    text: expect.stringContaining('changes wait until there is room'),
  });
  const status = () => run(process.execPath, ['ingestor/src/cli.ts', 'status'], { cwd: ROOT, env });
  await expect.poll(async () => (await status()).stdout, PATIENCE).toContain('changes wait until there is room');

  await fill('last', 65_536);
  const sql = postgres(await readFile(path.join(dataDir, 'database-url'), 'utf8'), { max: 1, onnotice: () => {} });
  onTestFinished(() => sql.end({ timeout: 1 }));
  // Exceeds the room left for Postgres' log.
  await sql`SELECT pg_logical_emit_message(true, 'x', repeat('x', 1000)) FROM generate_series(1, 40000)`.catch(
    () => {},
  );
  await expect.poll(said, PATIENCE).toContain('is full: Postgres waits until there is room.');
  await expect.poll(async () => (await health()).status, PATIENCE).toBe(503);

  await Promise.all(['filler', 'last'].map((name) => rm(path.join(disk, name))));
  await expect.poll(health, PATIENCE).toEqual({ status: 200, warnings: [] });
  expect(await send()).toMatchObject({ status: 200, text: expect.stringContaining('"applied"') });
  expect(await sql`SELECT name FROM projects`).toEqual([{ name: 'Late' }]);
  expect(child.exitCode).toBeNull();
}, 900_000);
