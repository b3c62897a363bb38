/** Spreads drawing over several frames: a whole screen at once would miss a frame. */

const FRAME_BUDGET_MS = 3;

/** Drawings by their target. Placeholders come last: a picture from memory is there before its own is drawn. */
const waiting = { picture: new Map<object, () => void>(), placeholder: new Map<object, () => void>() };
let scheduled = false;

/** Draws in one of the next frames, and drops an earlier drawing that still waits for the same target. */
export function drawSoon(kind: keyof typeof waiting, target: object, draw: () => void): void {
  waiting[kind].set(target, draw);
  schedule();
}

export function dropDrawing(kind: keyof typeof waiting, target: object): void {
  waiting[kind].delete(target);
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(drawSome);
}

function drawSome(): void {
  scheduled = false;
  const begun = performance.now();
  const drawings = waiting.picture.size > 0 ? waiting.picture : waiting.placeholder;
  for (const [target, draw] of drawings) {
    drawings.delete(target);
    draw();
    if (performance.now() - begun > FRAME_BUDGET_MS) break;
  }
  if (waiting.picture.size + waiting.placeholder.size > 0) schedule();
}
