/** For tests: the product as a process, with a folder of its own. Both end with the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFailed, onTestFinished } from 'vitest';
import { ROOT } from '../config.ts';
import { freePort } from '../free-port.ts';

/** Makes a folder that is deleted after the test. */
export async function makeTestFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-product-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Starts the product, which may have to build the web app first.
 *
 * @param folder gets the media root. @param options.dataDir is within the folder by default.
 */
export async function startProduct(
  folder: string,
  { dataDir = path.join(folder, 'data'), ...extra }: { dataDir?: string; env?: Readonly<Record<string, string>> } = {},
) {
  const media = path.join(folder, 'media');
  await mkdir(media);
  const port = await freePort();
  const env = {
    ...process.env,
    IHUB_PORT: String(port),
    IHUB_DATA_DIR: dataDir,
    MEDIA_ROOT_PATHS: media,
    ...extra.env,
  };
  const child = spawn(process.execPath, ['launch/src/start.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  onTestFailed(() => console.error(said));
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGINT');
    await ended;
  });
  return {
    child,
    pid: child.pid ?? 0,
    env,
    url: `http://127.0.0.1:${port}`,
    /** Returns all that the product has written to standard error. */
    said: () => said,
  };
}
