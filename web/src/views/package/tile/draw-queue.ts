/** Spreads drawing over several frames: a whole screen at once would miss a frame. */

const FRAME_BUDGET_MS = 3;

const waiting = new Map<object, () => void>();
let scheduled = false;

/** Draws in one of the next frames, and drops an earlier drawing that still waits for the same target. */
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
