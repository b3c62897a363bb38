/** Which packages this host is working on, so that the work ends when somebody holds a package's run. */
export class WorkInProgress {
  readonly #work = new Map<string, Set<AbortController>>();

  /** Their ids. */
  packages(): string[] {
    return [...this.#work.keys()];
  }

  /** Ends what is being done in a package; what is begun later is not concerned. */
  hold(packageId: string): void {
    for (const controller of this.#work.get(packageId) ?? []) controller.abort(new Error('the run is held'));
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
