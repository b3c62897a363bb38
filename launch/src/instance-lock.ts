/** One running product per data folder. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Takes the data folder for this process.
 *
 * @returns gives it back.
 * @throws Error when another running process has it; one that was killed does not.
 */
export async function lockInstance(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true }).catch((error: Error) => {
    throw new Error(
      `The data folder ${dataDir} cannot be made: ${error.message}. Set IHUB_DATA_DIR to another place.`,
      { cause: error },
    );
  });
  const file = pidFile(dataDir);
  const pid = await runningInstance(dataDir);
  if (pid !== null) {
    throw new Error(
      `IngestHub already runs on ${dataDir} (process ${pid}); stop it first, or set IHUB_DATA_DIR and IHUB_PORT.`,
    );
  }
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
}

/** The process that has the data folder; null: none has. */
export async function runningInstance(dataDir: string): Promise<number | null> {
  const pid = Number(await readFile(pidFile(dataDir), 'utf8').catch(() => ''));
  return pid > 1 && pid !== process.pid && (await isLauncher(pid)) ? pid : null;
}

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'launch.pid');
}

export async function isLauncher(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return /launch\/src\/(start|seed)\.ts/.test(stdout);
}
