/**
 * Shows a clip's moments under the pointer: one element for the whole grid, moved into the tile that the pointer is
 * over, so that tiles themselves stay small.
 */
import { onCleanup } from 'solid-js';
import styles from './scrub.module.css';
import { containedIn, SPRITE_SIDE, scrubFrame } from './scrub-frame.ts';

/** Milliseconds that the pointer rests on a tile before its sprite is requested. */
const REST_MS = 80;

export interface Scrub {
  onPointerMove(event: PointerEvent): void;
  hide(): void;
}

/** @param spriteOf returns the address of a tile's sprite; null when it has none. */
export function createScrub(spriteOf: (tile: HTMLElement) => string | null): Scrub {
  const element = document.createElement('div');
  element.className = styles['scrub'] ?? '';
  const line = element.appendChild(document.createElement('i'));
  const bar = element.appendChild(document.createElement('b'));
  const sheet = new Image();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let address: string | null = null;
  let over: HTMLElement | null = null;
  let share = 0;

  function show(): void {
    if (over === null || address === null || sheet.naturalWidth === 0) return;
    const frame = { width: sheet.naturalWidth / SPRITE_SIDE, height: sheet.naturalHeight / SPRITE_SIDE };
    const place = containedIn({ width: over.clientWidth, height: over.clientHeight }, frame);
    const { column, line: row } = scrubFrame(share);
    for (const side of ['left', 'top', 'width', 'height'] as const) element.style[side] = `${place[side]}px`;
    element.style.backgroundImage = `url("${address}")`;
    element.style.backgroundPosition = `${(100 * column) / (SPRITE_SIDE - 1)}% ${(100 * row) / (SPRITE_SIDE - 1)}%`;
    line.style.left = `${100 * share}%`;
    bar.style.width = `${100 * share}%`;
    if (element.parentElement !== over) over.append(element);
  }

  function hide(): void {
    clearTimeout(waiting);
    element.remove();
    over = null;
    address = null;
  }

  sheet.addEventListener('load', () => {
    if (address !== null && sheet.src.endsWith(address)) show();
  });
  onCleanup(hide);

  return {
    hide,
    onPointerMove(event) {
      const picture = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-picture]') : null;
      const tile = picture?.closest<HTMLElement>('[data-index]') ?? null;
      const wanted = event.pointerType === 'mouse' && event.buttons === 0 && tile ? spriteOf(tile) : null;
      if (picture === null || wanted === null) return hide();
      const box = picture.getBoundingClientRect();
      share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
      if (wanted === address) {
        if (sheet.src.endsWith(wanted) && sheet.complete) show();
        return;
      }
      hide();
      over = picture;
      address = wanted;
      waiting = setTimeout(() => {
        if (sheet.src.endsWith(wanted) && sheet.complete) show();
        else sheet.src = wanted;
      }, REST_MS);
    },
  };
}
