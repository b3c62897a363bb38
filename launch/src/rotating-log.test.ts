import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRotatingLog } from './rotating-log.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'ihub-log-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test('openRotatingLog: keeps the newest parts in order and continues the file of an earlier start', async () => {
  const file = path.join(await folder(), 'server.log');
  const options = { file, partBytes: 100, keep: 2 };
  for (let line = 0; line < 60; line += 1) {
    // Reopens the log each time, as a new start would.
    openRotatingLog(options)(Buffer.from(`line ${String(line).padStart(4, '0')}\n`));
  }
  expect((await readdir(path.dirname(file))).toSorted()).toEqual(['server.log', 'server.log.1', 'server.log.2']);
  const parts = await Promise.all(['.2', '.1', ''].map((suffix) => readFile(`${file}${suffix}`, 'utf8')));
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(110);
  const lines = parts.join('').trim().split('\n');
  expect(lines.at(-1)).toBe('line 0059');
  expect(lines).toEqual(lines.toSorted());
  expect(lines.length).toBeGreaterThan(20);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('openRotatingLog: drops text that cannot be written, without failing', async () => {
  const file = path.join(await folder(), 'server.log');
  const log = openRotatingLog({ file });
  await rm(path.dirname(file), { recursive: true });
  log(Buffer.from('lost\n'));
  const again = openRotatingLog({ file });
  again(Buffer.from('kept\n'));
  expect(await readFile(file, 'utf8')).toBe('kept\n');
});
