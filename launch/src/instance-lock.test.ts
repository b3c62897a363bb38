import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockInstance, runningInstance } from './instance-lock.ts';

const HOLDER = `
  const { lockInstance } = await import(${JSON.stringify(new URL('./instance-lock.ts', import.meta.url).href)});
  try {
    lockInstance(process.argv[1]);
    console.log('locked');
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log(error.message);
  }`;

async function base(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Another process that tries to take the folder. @returns it, and its first words. */
async function tryElsewhere(folder: string): Promise<{ process: ChildProcess; words: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [words] = await once(child.stdout, 'data');
  return { process: child, words: String(words).trim() };
}

test('lockInstance: of several processes that want a folder at once, one has it and the others say who', async () => {
  const folder = path.join(await base(), 'data');
  const tries = await Promise.all(Array.from({ length: 4 }, () => tryElsewhere(folder)));
  const [holder, ...more] = tries.filter(({ words }) => words === 'locked');
  expect(more).toEqual([]);
  await expect.poll(() => runningInstance(folder)).toBe(holder?.process.pid);
  expect(() => lockInstance(folder)).toThrow(`already runs on ${folder} (process ${holder?.process.pid})`);
});

test('lockInstance: takes over from a process that was killed, and gives the folder back', async () => {
  const folder = path.join(await base(), 'data');
  const { process: holder } = await tryElsewhere(folder);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(runningInstance(folder)).toBeNull();
  const unlock = lockInstance(folder);
  expect(await readFile(path.join(folder, 'launch.pid'), 'utf8')).toBe(String(process.pid));
  unlock();
  lockInstance(folder)();
});

test('runningInstance: does not believe the number in a copy of a folder whose product runs', async () => {
  const folder = path.join(await base(), 'data');
  const { process: holder } = await tryElsewhere(folder);
  await cp(folder, `${folder}-copy`, { recursive: true });
  expect(await readFile(path.join(`${folder}-copy`, 'launch.pid'), 'utf8')).toBe(String(holder.pid));
  expect(runningInstance(`${folder}-copy`)).toBeNull();
  lockInstance(`${folder}-copy`)();
  expect(runningInstance(folder)).toBe(holder.pid);
});

test('lockInstance: others on this machine may not list the folder that it makes', async () => {
  const folder = path.join(await base(), 'data');
  lockInstance(folder)();
  expect((await stat(folder)).mode & 0o066).toBe(0);
});
