/** Something that is waited for: whoever changes it wakes the waiting, who look again. */
export class Condition {
  readonly #waiting = new Set<() => void>();

  wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /**
   * Waits until `done` holds. Nothing is left behind when it does: a thousand readers may wait at any time.
   *
   * @param signal ends the waiting; a function is asked for it only when there is need to wait.
   * @param patienceMs so does time.
   * @returns false when one of these came first.
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
