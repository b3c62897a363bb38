/** Runs the builder of replica images in its own process: PGlite's memory is freed with it, and the server's own work has priority. */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

export interface RunBuilderOptions {
  readonly builder: string;
  readonly server: string;
  readonly folder: string;
  /** The image's name; see `replica-image.ts` in the schema. */
  readonly name: string;
  /** Projects whose assets the image contains; null means all. */
  readonly projects: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** Characters of the builder's output kept for the error. */
const KEPT_CHARACTERS = 2000;

/** Settles when the builder has ended. @throws with the builder's output when it failed; AbortError when the signal ended it. */
export async function runBuilder(options: RunBuilderOptions): Promise<void> {
  const { builder, server, folder, name, projects, signal } = options;
  const words = [builder, '--server', server, '--folder', folder, '--name', name];
  if (projects !== null) words.push('--projects', projects.join());
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env['PATH'] },
    // The builder ends with this channel if this process is killed.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal,
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  });
  await new Promise<void>((resolve, reject) => {
    let failure: Error | null = null;
    child.once('error', (error) => {
      failure = error;
      // A stopped builder may write until it has ended.
      if (child.pid === undefined) reject(error);
    });
    child.once('close', (code, ending) => {
      if (failure !== null) reject(failure);
      else if (code === 0) resolve();
      else reject(new Error(`The builder of the replica image ended with ${code ?? ending}: ${said.trim()}`));
    });
  });
}
