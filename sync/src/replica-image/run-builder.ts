/** Runs the builder of replica images as a process of its own: a PGlite's memory ends with it, and the server's own work comes first. */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

export interface RunBuilderOptions {
  readonly builder: string;
  readonly server: string;
  readonly folder: string;
  /** Of the image: replica-image.ts of the schema. */
  readonly name: string;
  /** Whose assets are in it; null: all. */
  readonly projects: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** Of what it says, for the error. */
const KEPT_CHARACTERS = 2000;

/** Settles when the builder has ended. @throws what it said when it failed; AbortError when the signal ended it. */
export async function runBuilder(options: RunBuilderOptions): Promise<void> {
  const { builder, server, folder, name, projects, signal } = options;
  const words = [builder, '--server', server, '--folder', folder, '--name', name];
  if (projects !== null) words.push('--projects', projects.join());
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env['PATH'] },
    // It ends when the channel does, should this process be killed.
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
      // One that was told to end writes until it has.
      if (child.pid === undefined) reject(error);
    });
    child.once('close', (code, ending) => {
      if (failure !== null) reject(failure);
      else if (code === 0) resolve();
      else reject(new Error(`The builder of the replica image ended with ${code ?? ending}: ${said.trim()}`));
    });
  });
}
