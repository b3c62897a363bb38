import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import solid from 'vite-plugin-solid';
import { expect, test } from 'vitest';
import type { RunProgress } from '../queries/runs.ts';

const run = {
  run_status: 'queued',
  run_held: null,
  run_assets_registered: 0,
  run_assets_probed: 0,
  run_at: null,
} as RunProgress;

test('RunProgress: switches between an indeterminate and a determinate bar as the share becomes known', async () => {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-run-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await build({
    configFile: false,
    plugins: [solid()],
    build: {
      outDir: folder,
      lib: {
        entry: fileURLToPath(new URL('./testing/run-page.tsx', import.meta.url)),
        formats: ['es'],
        fileName: () => 'page.js',
      },
    },
    logLevel: 'error',
  });
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  stack.defer(() => browser.close());
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: await readFile(path.join(folder, 'page.js'), 'utf8') });
  await page.waitForFunction(() => 'runPage' in globalThis);

  const bar = page.getByRole('progressbar', { name: 'Ingest' });
  const position = () => bar.evaluate((element: HTMLProgressElement) => element.position);
  const show = (next: Partial<RunProgress>) =>
    page.evaluate((shown) => globalThis.runPage.showRun(shown), { ...run, ...next });

  await show({ run_status: 'queued' });
  expect(await page.textContent('body')).toContain('Waiting for an ingestor');
  expect(await position()).toBe(-1);
  await show({ run_status: 'processing', run_assets_registered: 4, run_assets_probed: 1 });
  expect(await position()).toBe(0.25);
  await show({ run_status: 'scanning' });
  expect(await position()).toBe(-1);
  await show({ run_status: 'processing', run_assets_registered: 4, run_assets_probed: Number.NaN });
  expect(await position()).toBe(-1);
});
