/** Something that is waited for: whoever changes it wakes the waiting, who look again. */
export class Condition {
  readonly #waiting = new Set<() => void>();

  wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Waits until `done` holds. @returns false when the signal came first. */
  async until(done: () => boolean, signal: AbortSignal): Promise<boolean> {
    while (!done()) {
      if (signal.aborted) return false;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
    return true;
  }
}
