/** Parts of SQL texts. */

/** The `$n` parameters of a statement, numbered as they are added. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the parameter's place in the text: `$3` */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A LIKE pattern for texts that contain this one. */
export function containsPattern(text: string): string {
  return `%${escapeLike(text)}%`;
}

/** Makes a text match itself inside a LIKE pattern, with the default escape character. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
