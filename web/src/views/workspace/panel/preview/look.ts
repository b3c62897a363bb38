/** Where a person looks at a picture: how large it is, and which of its points is in the middle of the frame. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Look extends Point {
  /** Pixels of the screen for one of the picture; null: the whole picture fits the frame. */
  readonly scale: number | null;
  // x and y: the picture's point in the middle, as shares of its width and height. They mean the same on a neighbour.
}

/** The picture and the frame that shows it. The frame is in CSS pixels. */
export interface Stage {
  readonly picture: Size;
  readonly frame: Size;
  /** Pixels of the screen for one CSS pixel. */
  readonly density: number;
}

export const FIT: Look = { scale: null, x: 0.5, y: 0.5 };

/** Pixels of the screen for one of the picture, at most. */
const MOST = 16;

function fitScale({ picture, frame, density }: Stage): number {
  return Math.min(frame.width / picture.width, frame.height / picture.height) * density;
}

export function scaleOf(look: Look, stage: Stage): number {
  return look.scale ?? fitScale(stage);
}

/** Returns a look that is larger by a factor and keeps the point below the pointer. @param at from the frame's top left, in CSS pixels. */
export function zoomAt(look: Look, factor: number, at: Point, stage: Stage): Look {
  return zoomTo(look, scaleOf(look, stage) * factor, at, stage);
}

/** Returns a look of a scale that keeps the point below the pointer. A picture never gets smaller than its frame. */
export function zoomTo(look: Look, scale: number, at: Point, stage: Stage): Look {
  const fit = fitScale(stage);
  const wanted = Math.min(Math.max(MOST, fit), scale);
  if (wanted <= fit * 1.001) return FIT;
  const now = scaleOf(look, stage);
  const moved = (share: number, from: number, middle: number, length: number) =>
    share + ((from - middle) * stage.density * (1 / now - 1 / wanted)) / length;
  return clamp(
    {
      scale: wanted,
      x: moved(look.x, at.x, stage.frame.width / 2, stage.picture.width),
      y: moved(look.y, at.y, stage.frame.height / 2, stage.picture.height),
    },
    stage,
  );
}

/** Returns the look after the picture was dragged by some CSS pixels. */
export function panBy(look: Look, by: Point, stage: Stage): Look {
  const scale = scaleOf(look, stage) / stage.density;
  return clamp(
    { ...look, x: look.x - by.x / (scale * stage.picture.width), y: look.y - by.y / (scale * stage.picture.height) },
    stage,
  );
}

/** Returns the picture's place in the frame, in CSS pixels. */
export function placeOf(look: Look, stage: Stage): Size & { readonly left: number; readonly top: number } {
  const kept = clamp(look, stage);
  const scale = scaleOf(kept, stage) / stage.density;
  const [width, height] = [stage.picture.width * scale, stage.picture.height * scale];
  return { width, height, left: stage.frame.width / 2 - kept.x * width, top: stage.frame.height / 2 - kept.y * height };
}

/** Keeps the picture over the frame: in its middle where it is smaller, without a gap where it is larger. */
function clamp(look: Look, stage: Stage): Look {
  const scale = scaleOf(look, stage) / stage.density;
  const inside = (share: number, frame: number, picture: number) => {
    const half = frame / (2 * scale * picture);
    return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, share));
  };
  return {
    scale: look.scale,
    x: inside(look.x, stage.frame.width, stage.picture.width),
    y: inside(look.y, stage.frame.height, stage.picture.height),
  };
}
