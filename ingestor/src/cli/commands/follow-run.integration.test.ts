import { spawn } from 'node:child_process';
import { chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { startPostgres } from '@ingesthub/launch/postgres.ts';
import { migrateServer } from '@ingesthub/schema/database/migrate-server.ts';
import { expect, test } from 'vitest';
import { connect } from '../../sql/client.ts';
import { registerIngestor } from '../../sql/ingestors.ts';
import { until } from '../../testing/until.ts';

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url));

test('ihub ingest waits while Postgres restarts, then reports how the run ended', async () => {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-follow-')));
  await chmod(base, 0o755);
  const options = { folder: path.join(base, 'cluster'), port: await freePort(), settings: { fsync: 'off' } };
  let server = await startPostgres(options);
  const sql = connect(server.url, { max: 2 });
  try {
    await migrateServer(sql);
    await registerIngestor(sql, { host: 'nas', pid: 1, version: '1', media_roots: [base], tools: {} });
    await writeFile(path.join(base, 'a.txt'), 'a');

    const child = spawn(process.execPath, [CLI, 'ingest', base, '--project', 'Demo', '--json=lines'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: server.url, IHUB_DATA_DIR: base },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await until(async () => said.includes('"status":"queued"'));
    await server.stop();
    await until(async () => said.includes('the database does not answer'));
    server = await startPostgres(options);
    await until(async () => (await sql`UPDATE runs SET status = 'done'`.catch(() => ({ count: 0 }))).count === 1);
    expect(await ended).toBe(0);
    expect(JSON.parse(said.trim().split('\n').at(-1) ?? '')).toMatchObject({
      event: 'result',
      result: { run: { status: 'done' } },
    });
  } finally {
    await sql.end({ timeout: 1 });
    await server.stop();
    await rm(base, { recursive: true, force: true });
  }
});
