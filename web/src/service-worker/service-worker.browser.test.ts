import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../testing/launch-chromium.ts';

// The same policy as the product's server sends.
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' blob: data:; worker-src 'self' blob:; media-src 'self' blob:";
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const root = fileURLToPath(new URL('../../', import.meta.url));

let dist: string;
let server: Server;
let port: number;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'ihub-web-'));
  await build({
    root,
    configFile: `${root}vite.config.ts`,
    build: { outDir: dist, emptyOutDir: true },
    logLevel: 'error',
  });
  await serve(0);
  browser = await launchChromium();
  page = await browser.newPage();
  page.on(
    'console',
    (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()),
  );
  page.on('pageerror', (error) => complaints.push(error.message));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await stopServing();
  await rm(dist, { recursive: true, force: true });
});

/** Serves the built app and a picture for every thumbnail and original; the API answers 503. */
async function answer(path: string, response: ServerResponse): Promise<void> {
  response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  if (path.startsWith('/api/')) return void response.writeHead(503).end();
  if (path.startsWith('/media/')) {
    response.setHeader('content-type', 'image/svg+xml');
    return void response.end('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>');
  }
  const file = extname(path) === '' ? 'index.html' : path;
  const body = await readFile(join(dist, file)).catch(() => null);
  response.writeHead(body ? 200 : 404, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  response.end(body);
}
async function serve(onPort: number): Promise<void> {
  server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://localhost').pathname, response).catch((error: Error) =>
      response.destroy(error),
    );
  });
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
}
async function stopServing(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
/** Fetches from within the page and returns the status; null when the request failed. */
function fetchStatus(path: string, headers: Record<string, string> = {}): Promise<number | null> {
  return page.evaluate(
    ([path, headers]) =>
      fetch(path, { headers }).then(
        (response) => response.status,
        () => null,
      ),
    [path, headers] as const,
  );
}

test('service worker: controls the page and has cached every file of the app after the first visit', async () => {
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  const kept = await page.evaluate(async () => {
    const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map((request) => new URL(request.url).pathname);
  });
  expect(kept).toContain('/index.html');
  expect(kept.filter((path) => /\.(wasm|data)$/.test(path))).toHaveLength(3);
  expect(complaints).toEqual([]);
});

test('service worker: serves pages and viewed thumbnails without a network, and nothing else from the server', async () => {
  const thumbnail = '/media/assets/1/thumbnail?v=key';
  for (const path of [
    thumbnail,
    '/media/assets/1/thumbnail',
    '/media/assets/1/original',
    '/media/assets/1/proxy?v=key',
  ]) {
    expect(await fetchStatus(path)).toBe(200);
  }
  expect(await fetchStatus('/media/assets/2/thumbnail?v=key', { range: 'bytes=0-1' })).toBe(200);

  await stopServing();
  await page.goto(`http://127.0.0.1:${port}/projects/1?review=approved`);
  await page.getByRole('link', { name: 'IngestHub' }).waitFor();
  expect(await fetchStatus(thumbnail)).toBe(200);
  expect(await fetchStatus('/media/assets/1/thumbnail')).toBeNull();
  expect(await fetchStatus('/media/assets/2/thumbnail?v=key')).toBeNull();
  expect(await fetchStatus('/media/assets/1/original')).toBeNull();
  expect(await fetchStatus('/media/assets/1/proxy?v=key')).toBeNull();
  expect(await fetchStatus('/api/health')).toBeNull();
  await serve(port);
});

test('service worker: keeps a new version waiting until the user reloads for it', async () => {
  await page.goto(`http://127.0.0.1:${port}/`);
  const before = await page.evaluate(() => navigator.serviceWorker.controller);
  expect(before).not.toBeNull();
  await appendFile(join(dist, 'service-worker.js'), '\n// another version');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  const banner = page.getByRole('status').filter({ hasText: 'IngestHub was updated.' });
  const reload = banner.getByRole('button', { name: 'Reload' });
  await reload.waitFor();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)).toBe(true);
  await Promise.all([page.waitForEvent('load'), reload.click()]);
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting === null);
  expect(await reload.count()).toBe(0);
});
