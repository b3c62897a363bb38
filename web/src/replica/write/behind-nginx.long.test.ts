import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { createPGlite } from '../open/create-pglite.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { startReplica } from '../open/start-replica.ts';
import { createTestServer } from '../testing/test-server.ts';

const NGINX = '/usr/sbin/nginx';

function isInstalled(): boolean {
  try {
    accessSync(NGINX, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts nginx in front of the server, with its defaults except for the given lines. */
async function startNginx(folder: string, target: string, lines: string): Promise<{ url: string } & AsyncDisposable> {
  const port = await freePort();
  const config = path.join(folder, `nginx-${port}.conf`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name}-${port};`)
    .join('\n');
  // nginx's workers need access to the folder, which only its owner can read.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  await writeFile(
    config,
    `${user} daemon off; pid ${folder}/nginx-${port}.pid; error_log stderr crit;
     events {}
     http {
       access_log off; ${temporary}
       server { listen 127.0.0.1:${port}; ${lines} location / { proxy_pass ${target}; proxy_buffering off; } }
     }`,
  );
  const nginx = spawn(NGINX, ['-c', config, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(() =>
      fetch(`${url}/api/health`).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const exited = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await exited;
    },
  };
}

test.skipIf(!isInstalled()).for([
  ['with its default limit of 1 MB', '', 30_000],
  ['with a limit of 40 kB', 'client_max_body_size 40k;', 3_000],
] as const)(
  'startReplica: applies a large change completely behind nginx %s, and nothing is rejected',
  async ([, lines, count]) => {
    await using stack = new AsyncDisposableStack();
    const folder = await mkdtemp(path.join(tmpdir(), 'ihub-nginx-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const { sql, url } = stack.use(await createTestDatabase());
    const server = await createTestServer(url, { IHUB_DATA_DIR: path.join(folder, 'data') });
    stack.defer(() => server.kill());
    const nginx = stack.use(await startNginx(folder, server.url, lines));
    const project = uuid();
    const delivery = uuid();
    const assets = Array.from({ length: 300 }, () => uuid());
    await sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Northlight', 'vfx')`;
    await sql`
      INSERT INTO packages (id, project_id, name, type, source_path)
      VALUES (${delivery}, ${project}, 'delivery', 'vfx', '/mnt/delivery')`;
    await sql`
      INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
      SELECT asset, ${project}, ${delivery}, asset || '.png', asset || '.png', 'image', 'plate', 1, now()
      FROM unnest(${assets}::uuid[]) AS asset`;

    const database = await createPGlite();
    stack.defer(() => database.close());
    const replica = await startReplica({ database, storage: 'memory', server: nginx.url, sql: await readReplicaSql() });
    stack.defer(() => replica.close());
    await expect.poll(() => replica.status().phase).toBe('ready');
    // Unknown ids between the real ones make the change large.
    const ids = assets.flatMap((id) => [id, ...Array.from({ length: count / 300 - 1 }, () => uuid())]);
    await replica.mutate('assets.review', { ids, review_status: 'approved' });
    await replica.mutate('assets.review', { ids: assets.slice(0, 1), review_status: 'flagged' });
    await expect.poll(() => replica.status().unsent).toBe(0);
    expect(replica.status().rejected).toEqual([]);
    const found = await sql`
      SELECT review_status, count(*)::integer AS count FROM assets GROUP BY 1 ORDER BY 1`;
    expect([...found]).toEqual([
      { review_status: 'approved', count: 299 },
      { review_status: 'flagged', count: 1 },
    ]);
  },
);
