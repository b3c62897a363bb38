/** Counts the files that fell back to the rules by reason, and describes each reason in a sentence. */
export class RuleFiles {
  readonly #reasons = new Map<string, { files: number; batches: number }>();

  /** @param why the rest of a sentence. */
  add(files: number, why: string): void {
    this.#count(why, files, 0);
  }

  /** Adds all files of a batch. */
  addBatch(files: number, why: string): void {
    this.#count(why, files, 1);
  }

  /** @param batches the total number of batches. */
  sentences(batches: number): string[] {
    return [...this.#reasons].map(([why, { files, batches: failed }]) => {
      const what = `${files} ${files === 1 ? 'file was' : 'files were'} placed by the rules`;
      return failed > 0 ? `${what} (${failed} of ${batches} batches): ${why}.` : `${what}: ${why}.`;
    });
  }

  #count(why: string, files: number, batches: number): void {
    if (files === 0) return;
    const known = this.#reasons.get(why);
    this.#reasons.set(why, { files: (known?.files ?? 0) + files, batches: (known?.batches ?? 0) + batches });
  }
}
