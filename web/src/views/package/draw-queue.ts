/** Drawing that may wait a frame or two: a screen full of it at once would miss one. */

const FRAME_BUDGET_MS = 3;

const waiting = new Map<object, () => void>();
let scheduled = false;

/** Draws with one of the next frames; what was asked for the same target before is dropped. */
export function drawSoon(target: object, draw: () => void): void {
  waiting.set(target, draw);
  schedule();
}

export function dropDrawing(target: object): void {
  waiting.delete(target);
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(drawSome);
}

function drawSome(): void {
  scheduled = false;
  const begun = performance.now();
  for (const [target, draw] of waiting) {
    waiting.delete(target);
    draw();
    if (performance.now() - begun > FRAME_BUDGET_MS) break;
  }
  if (waiting.size > 0) schedule();
}
