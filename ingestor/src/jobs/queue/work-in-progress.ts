/**
 * What this host is working on: so that the work on a package ends when somebody holds its run, and two jobs that are
 * about the same thing, since one was queued while the other waited, do not do it twice at once.
 */
export class WorkInProgress {
  readonly #work = new Map<string, Set<AbortController>>();

  readonly #claimed = new Set<string>();

  /** Of packages: their ids. */
  packages(): string[] {
    return [...this.#work.keys()];
  }

  /** Ends what is being done in a package; what is begun later is not concerned. */
  hold(packageId: string): void {
    for (const controller of this.#work.get(packageId) ?? []) controller.abort(new Error('the run is held'));
  }

  /** Does what of these nobody here is doing already; whoever is, sees it to its end. */
  async claiming<T>(kind: string, ids: readonly string[], work: (ids: readonly string[]) => Promise<T>): Promise<T> {
    const free = ids.filter((id) => !this.#claimed.has(`${kind} ${id}`));
    for (const id of free) this.#claimed.add(`${kind} ${id}`);
    try {
      return await work(free);
    } finally {
      for (const id of free) this.#claimed.delete(`${kind} ${id}`);
    }
  }

  /** Works on a package; the signal aborts when it is held. */
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
