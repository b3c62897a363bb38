import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KeptPostgres, keepPostgres } from './keep-postgres.ts';

const run = promisify(execFile);

let base: string;
let stop: AbortController;
let kept: KeptPostgres | null;
const said: string[] = [];

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'ihub-keep-'));
  await chmod(base, 0o755);
  stop = new AbortController();
  said.length = 0;
  kept = null;
});
afterEach(async () => {
  stop.abort();
  await kept?.stop();
  await rm(base, { recursive: true, force: true });
});

const keep = (folder: string) =>
  keepPostgres({
    folder,
    settings: { fsync: 'off', shared_buffers: '16MB' },
    say: (sentence) => said.push(sentence),
    signal: stop.signal,
  });

async function ask<Row>(question: (sql: postgres.Sql) => Promise<Row>): Promise<Row> {
  const sql = postgres(kept?.url ?? '', { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return await question(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const serverPid = () =>
  ask(async (sql) => {
    const [row] = await sql`SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int AS pid`;
    return Number(row?.['pid']);
  });

test('keepPostgres: restarts a killed server at the same address with its rows', async () => {
  kept = await keep(path.join(base, 'cluster'));
  await ask((sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  const first = await serverPid();
  process.kill(first, 'SIGKILL');
  await expect.poll(() => kept?.away() ?? null, { timeout: 20_000 }).not.toBeNull();
  await kept.away();
  expect(await ask(async (sql) => [...(await sql`SELECT n FROM kept`)])).toEqual([{ n: 1 }]);
  expect(await serverPid()).not.toBe(first);
  expect(said.at(-1)).toBe('Postgres is running again.');
});

test('keepPostgres: gives up on a server that cannot start again after five restarts within a minute', async () => {
  kept = await keep(path.join(base, 'cluster'));
  const pid = await serverPid();
  await rm(path.join(kept.folder, 'data/global/pg_control'));
  process.kill(pid, 'SIGKILL');
  await expect(kept.broken).rejects.toThrow('Postgres keeps ending');
  expect(said.filter((sentence) => sentence.includes('is being restarted'))).toHaveLength(5);
}, 60_000);

test('keepPostgres: waits on a full disk, reports it once and restarts when there is room', async ({ skip }) => {
  const folder = path.join(base, 'small');
  await mkdir(folder);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=300m,mode=755', 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  if (!mounted) return skip('cannot mount a small file system here');
  try {
    kept = await keep(path.join(folder, 'cluster'));
    await ask((sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
    const { bavail, bsize } = await statfs(folder);
    await writeFile(path.join(folder, 'filler'), Buffer.alloc(bavail * bsize - 65_536));
    const writing = ask((sql) => sql`INSERT INTO kept SELECT generate_series(1, 10000000)`);
    await expect(writing).rejects.toThrow();
    // Without room for a table only the statement fails; without room for the log the server ends.
    await ask((sql) => sql`SELECT pg_switch_wal(), pg_logical_emit_message(true, 'x', repeat('x', 30000000))`).catch(
      () => {},
    );
    await expect
      .poll(() => said.filter((sentence) => sentence.includes('is full')), { timeout: 30_000 })
      .toHaveLength(1);
    await rm(path.join(folder, 'filler'));
    await kept.away();
    expect(await ask(async (sql) => [...(await sql`SELECT n FROM kept`)])).toEqual([{ n: 1 }]);
    expect(said.filter((sentence) => sentence.includes('is full'))).toHaveLength(1);
  } finally {
    stop.abort();
    await kept?.stop();
    kept = null;
    await run('umount', ['-l', folder]);
  }
}, 120_000);
