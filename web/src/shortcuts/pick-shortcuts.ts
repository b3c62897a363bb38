/** Finds the shortcuts that a pressed key stands for. Pure, so that pairs, typing and switched-off letters can be tested. */
import { matchesKey, type PressedKey } from './match-key.ts';
import { type Shortcut, type ShortcutName, shortcuts } from './shortcut-table.ts';

export interface KeySituation {
  /** The first key of a pair that was pressed just before; null: none was. */
  readonly first: string | null;
  readonly typing: boolean;
  /** Whether keys without Ctrl act at once. */
  readonly singleKeys: boolean;
}

/** Returns names in the table's order; pairs alone where one matches, as the second key belongs to its first. */
export function pickShortcuts(pressed: PressedKey, { first, typing, singleKeys }: KeySituation): ShortcutName[] {
  const names = (Object.keys(shortcuts) as ShortcutName[]).filter((name) => {
    const { whileTyping, keys }: Shortcut = shortcuts[name];
    return (!typing || whileTyping === true) && keys.some((one) => isPressed(one));
  });
  const pairs = names.filter((name) => shortcuts[name].keys.some((keys) => keys.includes(' ')));
  return pairs.length > 0 ? pairs : names;

  function isPressed(keys: string): boolean {
    const [one, two] = keys.split(' ') as [string, string?];
    if (two !== undefined) return singleKeys && one === first && matchesKey(two, pressed);
    return (singleKeys || !isCharacter(one)) && matchesKey(one, pressed);
  }
}

/** Returns true where a key can be the first of a pair. */
export function startsPair(pressed: PressedKey, { typing, singleKeys }: KeySituation): boolean {
  return singleKeys && !typing && matchesKey('g', pressed);
}

function isCharacter(key: string): boolean {
  return key.replace('Shift+', '').length === 1;
}
