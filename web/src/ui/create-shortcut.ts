/** Shortcuts that work anywhere on a page, but not inside a dialog, popover or menu above it. */
import { onCleanup } from 'solid-js';

/** @param onKey returns true when it handled the key, which then loses its default action in the browser. */
export function createShortcut(onKey: (event: KeyboardEvent) => boolean): void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isAbovePage(event.target)) return;
    if (onKey(event)) event.preventDefault();
  }
  document.addEventListener('keydown', onKeyDown);
  onCleanup(() => document.removeEventListener('keydown', onKeyDown));
}

/** Returns true for an element inside a dialog, popover or menu: those have keys of their own. */
export function isAbovePage(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null;
}
