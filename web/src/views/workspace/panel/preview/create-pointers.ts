/** One finger or the mouse drags, two fingers pinch. */
import type { Point } from './look.ts';

export interface PointerGestures {
  /** @param by CSS pixels since the last call. */
  readonly onPan: (by: Point) => void;
  /** @param at the middle of the fingers in the window. */
  readonly onPinch: (factor: number, at: Point) => void;
}

/** Returns the handlers of an element that has `touch-action: none`. */
export function createPointers({ onPan, onPinch }: PointerGestures) {
  const down = new Map<number, Point>();

  function onPointerMove(event: PointerEvent): void {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, now);
    if (other === undefined) {
      onPan({ x: now.x - before.x, y: now.y - before.y });
      return;
    }
    const distance = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y);
    if (distance(before) > 0) onPinch(distance(now) / distance(before), middleOf(now, other));
    // The middle of both fingers moves by half of what one of them moves.
    onPan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
  }
  function release(event: PointerEvent): void {
    down.delete(event.pointerId);
  }
  return {
    onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }): void {
      if (event.button !== 0 || down.size >= 2) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    onPointerMove,
    onPointerUp: release,
    onPointerCancel: release,
  };
}

function middleOf(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}
