import type { Weighed } from './weigh.ts';

const MAX_SENTENCES = 10;

/** Counts the files that a model and the rules read differently, and tells how. */
export class Disputes {
  #files = 0;
  readonly #byClauses = new Map<string, { model: string; rules: string; files: number }>();

  get files(): number {
    return this.#files;
  }

  add({ model, rules }: NonNullable<Weighed['dispute']>): void {
    this.#files += 1;
    const key = JSON.stringify([model, rules]);
    const known = this.#byClauses.get(key);
    this.#byClauses.set(key, { model, rules, files: (known?.files ?? 0) + 1 });
  }

  /** @param model its name. @returns one sentence for each difference, the most frequent first. */
  sentences(model: string): string[] {
    return [...this.#byClauses.values()]
      .sort((a, b) => b.files - a.files)
      .slice(0, MAX_SENTENCES)
      .map(({ model: byModel, rules, files }) => {
        const which = files === 1 ? '1 file' : `${files} files`;
        return `${model} and the rules read ${which} differently: ${model} says that ${byModel}, the rules that ${rules}.`;
      });
  }
}
