/** The launcher ends and restarts a server that stands still. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { makeTestFolder, startProduct } from './testing/product-process.ts';

test('the launcher ends a server that answers nothing, and starts another that does', async () => {
  const { pid, url, said } = await startProduct(await makeTestFolder());
  const health = async () => {
    const signal = AbortSignal.timeout(5_000);
    return (await fetch(`${url}/api/health`, { signal }).catch(() => null))?.status ?? null;
  };
  // It may have to build the web app.
  await expect.poll(said, { timeout: 300_000, interval: 500 }).toContain('is ready on');
  const [first = 0] = await serversOf(pid);
  expect(await health()).toBe(200);

  process.kill(first, 'SIGSTOP');
  await expect.poll(health, { timeout: 30_000 }).toBeNull();
  await expect
    .poll(said, { timeout: 180_000, interval: 500 })
    .toContain('The server does not answer and is being stopped.');
  await expect.poll(said).toContain('The server ended (SIGKILL) and is being restarted.');
  await expect.poll(health, { timeout: 120_000, interval: 500 }).toBe(200);
  const servers = await serversOf(pid);
  expect(servers).toHaveLength(1);
  expect(servers).not.toContain(first);
  // The rest of the product went on.
  expect(said().match(/is being restarted/g)).toHaveLength(1);
}, 900_000);

/** The servers that a launcher has started. */
async function serversOf(launcher: number): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const words = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (Number(parent) === launcher && state !== 'Z' && words.includes('sync/src/main.ts')) found.push(Number(name));
  }
  return found;
}
