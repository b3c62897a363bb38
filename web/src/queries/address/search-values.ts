/** The parameters of an address as the router gives them. */

export type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Returns all values of a parameter. */
export function list(value: Search[string]): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
