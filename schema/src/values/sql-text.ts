/** Helpers for building SQL. */

/** Collects the `$n` parameters of a statement, numbered in the order they are added. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the parameter's placeholder: `$3` */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Returns a LIKE pattern for texts that contain this one. */
export function containsPattern(text: string): string {
  return `%${escapeLike(text)}%`;
}

/** Escapes a text so that a LIKE pattern matches it literally, with the default escape character. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
