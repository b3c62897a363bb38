/** Compares what a person pressed with a key of the shortcut table. */

/** The parts of a key event that a shortcut depends on. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** @param wanted one key of the table with its modifiers: `Shift+t`, `Ctrl+k`, `?`. */
export function matchesKey(wanted: string, pressed: PressedKey): boolean {
  const parts = wanted === '+' ? ['+'] : wanted.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (modifier: string) => parts.slice(0, -1).includes(modifier);
  if (keyName(pressed.key) !== key) return false;
  if (wants('Ctrl') !== (pressed.ctrlKey || pressed.metaKey) || wants('Alt') !== pressed.altKey) return false;
  // Other characters than letters need Shift on some layouts and not on others.
  return !hasShiftedTwin(key) || wants('Shift') === pressed.shiftKey;
}

/** Returns the character in lower case, or the key's name: 'Space' for ' '. */
function keyName(key: string): string {
  if (key === ' ') return 'Space';
  return key.length === 1 ? key.toLowerCase() : key;
}

function hasShiftedTwin(key: string): boolean {
  return key.length > 1 || key.toLowerCase() !== key.toUpperCase();
}
