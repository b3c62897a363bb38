/** Examines a media root in a separate process, within a time limit. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type RootState, rootState } from './root-state.ts';

const PROGRAM = fileURLToPath(new URL('./look-process.ts', import.meta.url));

/** A media root does not answer, for instance because its network drive is gone. The message is written for people. */
export class RootSilent extends Error {
  override readonly name = 'RootSilent';

  constructor(folder: string) {
    super(
      `The media root ${folder} does not answer, like a network drive that is away. Nothing below it is changed until it answers.`,
    );
  }
}

export class RootProcess implements Disposable {
  readonly folder: string;
  #child: ChildProcess | null = null;
  /** Resolves when the process accepts requests: a busy host may need seconds to start it, whatever the drive does. */
  #ready = Promise.withResolvers<void>();
  #asked: PromiseWithResolvers<RootState> | null = null;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Returns the current state of the root.
   *
   * @param patienceMs the time that the drive may take.
   * @throws RootSilent when it takes longer.
   */
  async look(patienceMs: number): Promise<RootState> {
    // A killed process may persist until the drive answers; a second one is never started beside it.
    if (this.#child?.killed) throw new RootSilent(this.folder);
    this.#child ??= this.#start();
    const child = this.#child;
    if (this.#asked === null) {
      this.#asked = Promise.withResolvers<RootState>();
      this.#asked.promise.catch(() => {});
      void this.#ready.promise.then(() => child.send(this.folder));
    }
    const { promise, reject } = this.#asked;
    await Promise.race([this.#ready.promise, promise]);
    const timer = setTimeout(() => {
      reject(new RootSilent(this.folder));
      child.kill('SIGKILL');
    }, patienceMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  [Symbol.dispose](): void {
    this.#child?.kill('SIGKILL');
  }

  #start(): ChildProcess {
    // The process may outlive us while its drive hangs, so it must not hold any of our streams open.
    const child = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.#ready = Promise.withResolvers();
    const { resolve: isReady } = this.#ready;
    child.on('message', (message) => {
      if (message === 'ready') return isReady();
      this.#asked?.resolve(rootState.parse(message));
      this.#asked = null;
    });
    // The cause does not matter: the next look starts another process.
    const ended = () => {
      this.#asked?.reject(new RootSilent(this.folder));
      this.#asked = null;
      this.#child = null;
    };
    child.once('error', ended).once('exit', ended);
    child.unref();
    child.channel?.unref();
    return child;
  }
}
