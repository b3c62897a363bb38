/** Keys as they are printed beside an action: `⇧T`, `Ctrl K`, `G D`. */

const printed: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
};

/** @param keys one entry of a shortcut's `keys`. */
export function printKeys(keys: string): string {
  return keys
    .split(' ')
    .map((key) =>
      key
        .split('+')
        .map((part) => printed[part] ?? (part.length === 1 ? part.toUpperCase() : part))
        .join(' ')
        .replace('Shift ', '⇧'),
    )
    .join(' ');
}
