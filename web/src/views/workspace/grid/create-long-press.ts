/** Selects by touch: a long press selects a tile, and from then on a tap adds or removes one. */
import { onCleanup } from 'solid-js';

const PRESS_MS = 450;
/** Pixels by which a finger may move without scrolling. */
const STILL = 10;

export interface LongPress {
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  /** Call when a finger is lifted, and when the browser takes the gesture over to scroll. */
  onPointerEnd(): void;
  /** Whether the click that comes now ends a long press. */
  endedPress(): boolean;
}

/** @param onPress called while the finger is still down. */
export function createLongPress(onPress: (target: EventTarget | null) => void): LongPress {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  let pressed = false;
  const cancel = () => clearTimeout(timer);
  onCleanup(cancel);
  return {
    onPointerDown(event) {
      cancel();
      pressed = false;
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      from = { x: event.clientX, y: event.clientY };
      const { target } = event;
      timer = setTimeout(() => {
        pressed = true;
        onPress(target);
      }, PRESS_MS);
    },
    onPointerMove(event) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL) cancel();
    },
    onPointerEnd: cancel,
    endedPress() {
      const was = pressed;
      pressed = false;
      return was;
    },
  };
}
