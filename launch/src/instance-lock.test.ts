import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
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

/** Starts another process that tries to lock the folder. @returns the process and its first output. */
async function tryElsewhere(folder: string): Promise<{ process: ChildProcess; words: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [words] = await once(child.stdout, 'data');
  return { process: child, words: String(words).trim() };
}

test('lockInstance: gives the folder to one of several competing processes and names it to the others', async () => {
  const folder = path.join(await base(), 'data');
  const tries = await Promise.all(Array.from({ length: 4 }, () => tryElsewhere(folder)));
  const [holder, ...more] = tries.filter(({ words }) => words === 'locked');
  expect(more).toEqual([]);
  await expect.poll(() => runningInstance(folder)).toBe(holder?.process.pid);
  expect(() => lockInstance(folder)).toThrow(`is already running on ${folder} (process ${holder?.process.pid})`);
});

test('lockInstance: takes over from a killed process and releases the folder', async () => {
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

test('runningInstance: ignores the process id in a copy of a running product’s folder', async () => {
  const folder = path.join(await base(), 'data');
  const { process: holder } = await tryElsewhere(folder);
  await cp(folder, `${folder}-copy`, { recursive: true });
  expect(await readFile(path.join(`${folder}-copy`, 'launch.pid'), 'utf8')).toBe(String(holder.pid));
  expect(runningInstance(`${folder}-copy`)).toBeNull();
  lockInstance(`${folder}-copy`)();
  expect(runningInstance(folder)).toBe(holder.pid);
});

test('lockInstance: creates a folder that other users cannot list, with files that they cannot open', async () => {
  const folder = path.join(await base(), 'data');
  const unlock = lockInstance(folder);
  expect((await stat(folder)).mode & 0o066).toBe(0);
  for (const name of await readdir(folder)) expect((await stat(path.join(folder, name))).mode & 0o077).toBe(0);
  unlock();
});

test('lockInstance: keeps the mode of an existing folder', async () => {
  const folder = await base();
  await chmod(folder, 0o755);
  lockInstance(folder)();
  expect((await stat(folder)).mode & 0o777).toBe(0o755);
});
