/**
 * Folders whose drive may hang. Another process reads them, so that the command never blocks: it names the folder that it
 * waits for, and ends with an error.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { RootProcess, RootSilent } from '../../roots/root-process.ts';
import { readRootPatience } from '../../settings/config.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError } from './command-error.ts';

/** Milliseconds after which the command names the folder that it waits for. */
const SAID_AFTER_MS = 4_000;
/** Milliseconds between two checks of the drive while the command works. */
const LOOK_EVERY_MS = 5_000;

type Context = Pick<CommandContext, 'output' | 'signal'>;

/** Returns the folders whose drive answers, in the given order; a missing folder on a working drive is one of them. */
export async function answeringFolders(folders: readonly string[], context: Context): Promise<string[]> {
  const answered = await Promise.all(folders.map((folder) => answers(folder, context)));
  return folders.filter((_, index) => answered[index]);
}

/**
 * Runs work on a folder, and gives up when its drive stops answering.
 *
 * @param folder absolute. @throws CommandError when the drive does not answer or stops answering; any error of the work.
 */
export async function whileAnswering<T>(folder: string, context: Context, work: () => Promise<T>): Promise<T> {
  if (!(await answers(folder, context))) throw silent(folder);
  const over = new AbortController();
  const watching = watch(folder, AbortSignal.any([over.signal, context.signal]));
  watching.catch(() => {});
  try {
    return await Promise.race([work(), watching]);
  } finally {
    over.abort();
  }
}

async function answers(folder: string, { output, signal }: Context): Promise<boolean> {
  using process = new RootProcess(folder);
  const timer = setTimeout(() => output.note(`${folder} has not answered yet; waiting for it …`), SAID_AFTER_MS);
  try {
    await process.look(readRootPatience());
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RootSilent) return false;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when the drive stops answering; otherwise never settles. */
async function watch(folder: string, signal: AbortSignal): Promise<never> {
  using process = new RootProcess(folder);
  for (;;) {
    await delay(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) return new Promise<never>(() => {});
    await process.look(readRootPatience()).catch((error: unknown) => {
      throw error instanceof RootSilent ? silent(folder) : error;
    });
  }
}

function silent(folder: string): CommandError {
  return new CommandError(
    'unavailable',
    `${folder} does not answer, like a network drive that is away. Check that its drive or server is up, then try again.`,
  );
}
