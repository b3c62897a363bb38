/** Selects by dragging a box from empty ground. The list scrolls while the pointer is near its edge. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { Box } from './marquee-hits.ts';

/** Pixels from the edge within which the list scrolls, and pixels per frame at the edge itself. */
const EDGE = 28;
const SPEED = 24;
/** Pixels that the pointer moves before a click becomes a drag. */
const LEAST = 4;

export interface MarqueeInput {
  readonly scroller: () => HTMLElement;
  /** The scroll position in the layout. */
  readonly position: Accessor<number>;
  readonly scrollTo: (position: number) => void;
  /** Called with the box in pixels of the layout. @param adds whether the selection before the drag stays. */
  readonly onBox: (box: Box, adds: boolean) => void;
  readonly onBegin: () => void;
}

export interface Marquee {
  /** In pixels of the layout; null while there is none. */
  readonly box: Accessor<Box | null>;
  onPointerDown(event: PointerEvent): void;
  /** Whether the click that comes now ends a drag. */
  endedDrag(): boolean;
}

export function createMarquee({ scroller, position, scrollTo, onBox, onBegin }: MarqueeInput): Marquee {
  const [box, setBox] = createSignal<Box | null>(null);
  let stop: (() => void) | null = null;
  let ended = false;
  onCleanup(() => stop?.());

  function begin(event: PointerEvent): void {
    const element = scroller();
    const frame = element.getBoundingClientRect();
    const adds = event.ctrlKey || event.metaKey || event.shiftKey;
    const from = { x: event.clientX - frame.left + element.scrollLeft, y: event.clientY - frame.top + position() };
    let pointer = { x: event.clientX, y: event.clientY };
    let drags = false;
    let scheduled: number | null = null;
    ended = false;

    function draw(): void {
      scheduled = null;
      const y = pointer.y - frame.top;
      const beyond = y < EDGE ? y - EDGE : Math.max(0, y - element.clientHeight + EDGE);
      if (beyond !== 0) {
        scrollTo(position() + Math.max(-2, Math.min(2, beyond / EDGE)) * SPEED);
        schedule();
      }
      const to = { x: pointer.x - frame.left + element.scrollLeft, y: Math.max(0, y + position()) };
      const next = {
        left: Math.min(from.x, to.x),
        right: Math.max(from.x, to.x),
        top: Math.min(from.y, to.y),
        bottom: Math.max(from.y, to.y),
      };
      setBox(next);
      onBox(next, adds);
    }
    function schedule(): void {
      scheduled ??= requestAnimationFrame(draw);
    }
    const onMove = (move: PointerEvent) => {
      pointer = { x: move.clientX, y: move.clientY };
      if (!drags && Math.hypot(pointer.x - event.clientX, pointer.y - event.clientY) < LEAST) return;
      if (!drags) {
        drags = true;
        element.setPointerCapture(event.pointerId);
        onBegin();
      }
      schedule();
    };
    const onEnd = () => {
      if (drags && scheduled !== null) draw();
      ended = drags;
      stop?.();
    };
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onEnd);
    element.addEventListener('pointercancel', onEnd);
    stop = () => {
      if (scheduled !== null) cancelAnimationFrame(scheduled);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onEnd);
      element.removeEventListener('pointercancel', onEnd);
      setBox(null);
      stop = null;
    };
  }

  return {
    box,
    onPointerDown(event) {
      if (event.pointerType === 'mouse' && event.button === 0 && stop === null) begin(event);
    },
    endedDrag() {
      const was = ended;
      ended = false;
      return was;
    },
  };
}
