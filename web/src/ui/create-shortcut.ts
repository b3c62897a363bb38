/** Keys that work wherever one is on a page, but not inside what is open above it. */
import { onCleanup } from 'solid-js';

/** @param onKey returns whether the key meant something: then the browser does nothing of its own with it. */
export function createShortcut(onKey: (event: KeyboardEvent) => boolean): void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isAbovePage(event.target)) return;
    if (onKey(event)) event.preventDefault();
  }
  document.addEventListener('keydown', onKeyDown);
  onCleanup(() => document.removeEventListener('keydown', onKeyDown));
}

/** Whether it is in a dialog, a popover or a menu, which have keys of their own. */
export function isAbovePage(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog], [role=menu]') !== null;
}
