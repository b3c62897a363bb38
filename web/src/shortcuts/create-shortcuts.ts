/** Runs the handlers of the shortcut table. They work anywhere on a page, but not inside a dialog or menu above it. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { z } from 'zod';
import { createPreference } from '../preferences/create-preference.ts';
import { isTextField } from './is-text-field.ts';
import { pickShortcuts, startsPair } from './pick-shortcuts.ts';
import type { ShortcutName } from './shortcut-table.ts';

/** @returns false when the key does not apply here: an earlier handler of the same key is asked next. */
type ShortcutHandler = (event: KeyboardEvent) => unknown;
export type ShortcutHandlers = { readonly [Name in ShortcutName]?: ShortcutHandler };

/** Milliseconds within which the second key of a pair must follow. */
const PAIR_MS = 1000;

/** Whether keys without Ctrl act at once. They can be switched off: https://www.w3.org/TR/WCAG22/#character-key-shortcuts */
export const [singleKeys, setSingleKeys] = createPreference<boolean>('single-keys', z.boolean(), true);

const [active, setActive] = createSignal<readonly ShortcutHandlers[]>([]);
let firstKey: { readonly key: string; readonly until: number } | null = null;

/** Registers handlers until the owner is disposed of. Later ones come first. */
export function createShortcuts(handlers: ShortcutHandlers): void {
  // On the window, so that handlers on elements come first: Solid runs them from the document.
  if (active().length === 0) window.addEventListener('keydown', onKeyDown);
  setActive((before) => [handlers, ...before]);
  onCleanup(() => {
    const left = setActive((before) => before.filter((one) => one !== handlers));
    if (left.length === 0) window.removeEventListener('keydown', onKeyDown);
  });
}

/** The shortcuts that have a handler now. */
export const activeShortcuts: Accessor<ReadonlySet<ShortcutName>> = () =>
  new Set(active().flatMap((handlers) => Object.keys(handlers) as ShortcutName[]));

/** Does what a shortcut does, without its key. @returns false when it does not apply now. */
export function runShortcut(name: ShortcutName): boolean {
  const event = new KeyboardEvent('keydown');
  return active().some(({ [name]: handler }) => handler !== undefined && handler(event) !== false);
}

/** Returns true for an element inside a dialog, popover or menu: those have keys of their own. */
function isAbovePage(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isAbovePage(event.target)) return;
  const situation = {
    first: firstKey !== null && firstKey.until > event.timeStamp ? firstKey.key : null,
    typing: isTextField(event.target),
    singleKeys: singleKeys(),
  };
  firstKey = null;
  for (const name of pickShortcuts(event, situation)) {
    for (const handlers of active()) {
      const handler = handlers[name];
      if (handler === undefined || handler(event) === false) continue;
      event.preventDefault();
      return;
    }
  }
  if (startsPair(event, situation)) firstKey = { key: 'g', until: event.timeStamp + PAIR_MS };
}
