/** Samples another process's memory and disk use over time, in phases. */
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const MEMORY_EVERY_MS = 100;
const DISK_EVERY_MS = 250;

export interface Phase {
  readonly name: string;
  readonly startedAt: number;
  endedAt: number | null;
  /** Bytes; empty if memory cannot be read. */
  readonly memory: number[];
  /** Bytes. */
  readonly disk: number[];
}

export class ResourceWatch implements Disposable {
  readonly phases: Phase[] = [];
  /** Changes when the process is restarted. */
  pid: number;
  readonly #folder: string;
  readonly #timers: NodeJS.Timeout[];

  constructor(pid: number, folder: string) {
    this.pid = pid;
    this.#folder = folder;
    this.#timers = [
      setInterval(() => this.#sampleMemory(), MEMORY_EVERY_MS),
      setInterval(() => void this.#sampleDisk(), DISK_EVERY_MS),
    ];
  }

  /** Ends the present phase and starts a new one. */
  async start(name: string): Promise<void> {
    await this.end();
    this.phases.push({ name, startedAt: performance.now(), endedAt: null, memory: [], disk: [] });
    await this.#sample();
  }

  /** Ends the present phase. */
  async end(): Promise<void> {
    await this.#sample();
    const phase = this.phases.at(-1);
    if (phase) phase.endedAt = performance.now();
  }

  async #sample(): Promise<void> {
    this.#sampleMemory();
    await this.#sampleDisk();
  }

  #sampleMemory(): void {
    const bytes = residentBytes(this.pid);
    if (bytes !== null) this.phases.at(-1)?.memory.push(bytes);
  }

  async #sampleDisk(): Promise<void> {
    const phase = this.phases.at(-1);
    phase?.disk.push(await folderBytes(this.#folder));
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearInterval(timer);
  }
}

/** Returns null without /proc or when the process has ended. */
function residentBytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

/** Returns the total size of the files below a folder; files deleted meanwhile count as 0. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(path.join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
