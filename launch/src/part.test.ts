import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPart } from './part.ts';

/** A program that exits by itself until it has been started the given number of times. */
const PROGRAM = `
  import { appendFileSync, readFileSync } from 'node:fs';
  const [, , file, times] = process.argv;
  appendFileSync(file, 'x');
  process.send('ready');
  console.log('started');
  if (readFileSync(file, 'utf8').length < Number(times)) setTimeout(() => process.exit(3), 100);
  else setInterval(() => {}, 1000);
  process.on('SIGTERM', () => process.exit());`;

async function part(times: number, away: () => Promise<void> | null) {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-part-'));
  const program = path.join(folder, 'program.mjs');
  await writeFile(program, PROGRAM);
  const said: string[] = [];
  const started = startPart({
    name: 'program',
    args: [program, path.join(folder, 'starts'), String(times)],
    env: {},
    cwd: folder,
    logFolder: path.join(folder, 'log'),
    away,
    say: (sentence) => said.push(sentence),
  });
  onTestFinished(async () => {
    await started.stop();
    await rm(folder, { recursive: true });
  });
  const starts = async () => (await readFile(path.join(folder, 'starts'), 'utf8').catch(() => '')).length;
  const log = () => readFile(path.join(folder, 'log/program.log'), 'utf8');
  return { starts, said, log };
}

test('startPart: restarts a part that ended while Postgres was away when Postgres is back', async () => {
  const back = Promise.withResolvers<void>();
  const { starts, said, log } = await part(2, () => back.promise);
  await expect
    .poll(() => said, { timeout: 10_000 })
    .toEqual(['The program ended (3) and will be restarted when Postgres is back.']);
  expect(await starts()).toBe(1);
  back.resolve();
  await expect.poll(starts, { timeout: 10_000 }).toBe(2);
  await expect.poll(log).toBe('started\nstarted\n');
});

test('startPart: does not count exits caused by Postgres against a part', async () => {
  const { starts } = await part(8, () => Promise.resolve());
  await expect.poll(starts, { timeout: 20_000 }).toBe(8);
});
