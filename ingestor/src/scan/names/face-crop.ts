/**
 * Whether an image has the name of an extracted face crop: `<clip>_<frame>_<face>.png` or
 * `<frame>_<face>.png`. The clip part may contain hyphens and dots. A face number is never padded, so
 * `sh010_0100_01.png` is a frame.
 */
export function isFaceCropName(name: string): boolean {
  return /^(?:.+_)?\d{3,}_(?:0|[1-9]\d?)\.(?:png|jpe?g)$/is.test(name);
}
