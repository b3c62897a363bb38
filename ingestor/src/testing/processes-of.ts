/** Finds processes that work with a folder: their working directory or their command line names it. Linux only. */
import { readdir, readFile, readlink } from 'node:fs/promises';

export interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

export async function processesOf(folder: string): Promise<FoundProcess[]> {
  const found: FoundProcess[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    const cwd = await readlink(`/proc/${name}/cwd`).catch(() => '');
    // Empty for a process that has ended, but whose parent has not collected it yet.
    if (command !== '' && (cwd.startsWith(folder) || command.includes(folder))) {
      found.push({ pid: Number(name), command: command.replaceAll('\0', ' ').trim() });
    }
  }
  return found;
}
