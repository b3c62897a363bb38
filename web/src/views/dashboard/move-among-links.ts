/** Moves the focus from link to link of a card with the arrow keys. */

/** @returns false when the focus is in no such list: an element with `data-moves`. */
export function moveAmongLinks(event: KeyboardEvent): boolean {
  const { target, key } = event;
  const list = target instanceof Element ? target.closest('[data-moves]') : null;
  if (list === null) return false;
  const links = [...list.querySelectorAll<HTMLAnchorElement>('a[href]')];
  const step = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1;
  links[links.indexOf(target as HTMLAnchorElement) + step]?.focus();
  return true;
}
