/** Moves through results in groups by keyboard. */

interface Group {
  readonly entries: readonly { readonly key: string }[];
}

/**
 * Returns the entry that a key leads to: the arrows step through all groups and around, Page Down and Page Up go to the
 * first entry of the next group and of this or the one before.
 *
 * @param active null: none.
 * @returns null for another key, or without entries.
 */
export function moveIn(groups: readonly Group[], active: string | null, key: string): string | null {
  const filled = groups.filter(({ entries }) => entries.length > 0);
  const keys = filled.flatMap(({ entries }) => entries.map((entry) => entry.key));
  if (keys.length === 0) return null;
  const at = active === null ? -1 : keys.indexOf(active);
  const around = (index: number) => keys[(index + keys.length) % keys.length] ?? null;
  const firsts = filled.map(({ entries }) => keys.indexOf(entries[0]?.key ?? ''));
  switch (key) {
    case 'ArrowDown':
      return around(at + 1);
    case 'ArrowUp':
      return around(Math.max(at, 0) - 1);
    case 'PageDown':
      return keys[firsts.find((first) => first > at) ?? keys.length - 1] ?? null;
    case 'PageUp':
      return keys[firsts.findLast((first) => first < at) ?? 0] ?? null;
    default:
      return null;
  }
}
