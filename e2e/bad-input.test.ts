import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Product } from './src/product.ts';
import { temporaryFolder } from './src/temporary-folder.ts';

test('npm start exits with 1 and one sentence when its port is in use, before creating anything', async () => {
  await using folder = await temporaryFolder();
  const taken = createServer();
  const port = await new Promise<number>((resolve) =>
    taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
  );
  try {
    const product = await Product.spawn({ dataDir: path.join(folder.path, 'data'), port });
    expect(await product.ended).toEqual({
      code: 1,
      stderr: `Port ${port} on 127.0.0.1 is in use; set IHUB_PORT to a free one.\n`,
    });
  } finally {
    taken.close();
  }
});

test.each([
  [
    'DATABASE_URL',
    'postgres://ihub:secret@127.0.0.1:1/ingesthub',
    /^The database in DATABASE_URL cannot be used: .*ECONNREFUSED.*\n$/,
  ],
  ['DATABASE_URL', 'not a url', /^DATABASE_URL is not usable: set it to postgres:.*\n$/],
  ['MEDIA_ROOT_PATHS', '/nowhere/at/all', /^The media root \/nowhere\/at\/all is not a folder.*\n$/],
  ['IHUB_PORT', 'eighty', /^IHUB_PORT is not usable: .*\n$/],
])('npm start exits with 1 and one sentence for %s=%s, without the password', async (name, value, sentence) => {
  await using folder = await temporaryFolder();
  const product = await Product.spawn({ dataDir: path.join(folder.path, 'data'), env: { [name]: value } });
  const { code, stderr } = await product.ended;
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toContain('secret');
  expect(code).toBe(1);
});

test('npm start exits with 1 when its data folder is in use, and leaves the running product alone', async () => {
  await using folder = await temporaryFolder();
  await using product = await Product.start({ dataDir: path.join(folder.path, 'data'), mediaRoots: [folder.path] });
  const second = await Product.spawn({ dataDir: path.join(folder.path, 'data') });
  const { code, stderr } = await second.ended;
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^IngestHub is already running on .*\n$/)]);
  expect((await product.health())?.status).toBe(200);
});

test('npm start ends every child process on Ctrl-C', async () => {
  await using folder = await temporaryFolder();
  await using product = await Product.start({ dataDir: path.join(folder.path, 'data'), mediaRoots: [folder.path] });
  const processes = await product.processes();
  // In remote mode the launcher runs no Postgres.
  expect(processes.length).toBeGreaterThan(process.env['E2E_ELECTRIC'] ? 2 : 4);
  await product.stop();
  const alive = processes.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
  expect(alive).toEqual([]);
});
