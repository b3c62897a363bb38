/** Where a frame of a sprite is: 10 by 10 pictures, spread evenly over the duration. */

/** Pictures on each side of a sprite. */
export const SPRITE_SIDE = 10;

/** Returns the picture at a share of the duration. @param share 0 to 1. */
export function scrubFrame(share: number): { readonly column: number; readonly line: number } {
  const count = SPRITE_SIDE ** 2;
  const frame = Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  return { column: frame % SPRITE_SIDE, line: Math.floor(frame / SPRITE_SIDE) };
}

/** Returns the place of a picture that is shown whole in a box, in pixels. */
export function containedIn(
  box: { readonly width: number; readonly height: number },
  picture: { readonly width: number; readonly height: number },
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { left: (box.width - width) / 2, top: (box.height - height) / 2, width, height };
}
