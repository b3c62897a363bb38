/** A condition to wait for: each change wakes the waiting readers, which check it again. */
export class Condition {
  readonly #waiting = new Set<() => void>();

  wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /**
   * Waits until `done` holds, and leaves nothing behind: a thousand readers may wait at any time.
   *
   * @param signal ends the wait; a function is called only when a wait is necessary.
   * @param patienceMs ends the wait as well.
   * @returns false when the signal or the time limit came first.
   */
  async until(done: () => boolean, signal: AbortSignal | (() => AbortSignal), patienceMs?: number): Promise<boolean> {
    if (done()) return true;
    const end = typeof signal === 'function' ? signal() : signal;
    const deadline = patienceMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + patienceMs;
    while (!done()) {
      const left = deadline - performance.now();
      if (end.aborted || left <= 0) return false;
      await this.#woken(end, left);
    }
    return true;
  }

  #woken(end: AbortSignal, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        end.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = Number.isFinite(ms) ? setTimeout(wake, Math.ceil(ms)) : undefined;
      this.#waiting.add(wake);
      end.addEventListener('abort', wake, { once: true });
    });
  }
}
