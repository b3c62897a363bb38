import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runBuilder } from './run-builder.ts';

/** Continues for a moment after being stopped, like a builder that has a file open. */
const BUILDER = `
  import { writeFileSync } from 'node:fs';
  const folder = process.argv[process.argv.indexOf('--folder') + 1];
  process.on('SIGTERM', () => setTimeout(() => {
    writeFileSync(folder + '/state', 'ended');
    process.exit();
  }, 200));
  writeFileSync(folder + '/state', 'running');
  setInterval(() => {}, 1000);`;

async function builderIn(text: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-builder-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const builder = path.join(folder, 'builder.mjs');
  await writeFile(builder, text);
  const state = () => readFile(path.join(folder, 'state'), 'utf8').catch(() => null);
  const options = { builder, folder, server: 'http://127.0.0.1:1', name: 'default', projects: null };
  return { options, state };
}

test('runBuilder: when stopped, settles only after the builder has ended and writes no more', async () => {
  const { options, state } = await builderIn(BUILDER);
  const stop = new AbortController();
  const built = runBuilder({ ...options, signal: stop.signal });
  await Promise.all([
    expect(built).rejects.toThrow('aborted'),
    (async () => {
      await expect.poll(state).toBe('running');
      stop.abort();
    })(),
  ]);
  expect(await state()).toBe('ended');
});

test('runBuilder: reports why a builder failed', async () => {
  const { options } = await builderIn(`console.error('no room'); process.exit(3);`);
  await expect(runBuilder({ ...options, signal: new AbortController().signal })).rejects.toThrow(
    'ended with 3: no room',
  );
});
