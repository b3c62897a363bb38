/**
 * Tracks the work on this host, so that work on a package ends when a person holds its run, and two jobs for the same
 * asset (one queued while the other waited) do not process it twice at once.
 */
export class WorkInProgress {
  readonly #work = new Map<string, Set<AbortController>>();

  readonly #claimed = new Set<string>();

  /** Returns the ids of packages in work. */
  packages(): string[] {
    return [...this.#work.keys()];
  }

  /** Ends the present work on a package; later work is not affected. */
  hold(packageId: string): void {
    for (const controller of this.#work.get(packageId) ?? []) controller.abort(new Error('the run is held'));
  }

  /** Works on those ids that no other job on this host is processing; the others are left to the job that has them. */
  async claiming<T>(kind: string, ids: readonly string[], work: (ids: readonly string[]) => Promise<T>): Promise<T> {
    const free = ids.filter((id) => !this.#claimed.has(`${kind} ${id}`));
    for (const id of free) this.#claimed.add(`${kind} ${id}`);
    try {
      return await work(free);
    } finally {
      for (const id of free) this.#claimed.delete(`${kind} ${id}`);
    }
  }

  /** Works on a package; the signal aborts when the package is held. */
  async during<T>(packageId: string, work: (held: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const others = this.#work.get(packageId) ?? new Set();
    this.#work.set(packageId, others.add(controller));
    try {
      return await work(controller.signal);
    } finally {
      others.delete(controller);
      if (others.size === 0) this.#work.delete(packageId);
    }
  }
}
