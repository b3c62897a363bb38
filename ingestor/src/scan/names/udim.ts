/**
 * Distinguishes the tiles of a texture (UDIM) from frames. Tile numbers are 1001 + u + 10 v with u below 10 and v below
 * 100. Plates start counting in the same range, so the numbers alone are not enough.
 */

/** Formats in which textures are painted and published. */
const EXTENSIONS = new Set('.exr .hdr .jpeg .jpg .png .tga .tif .tiff'.split(' '));
/** Words that occur only in the names of textures. */
const TEXTURE = words(
  `texture textures tex texs udim udims mari substance displacement displace basecolor basecol roughness metallic
  metalness glossiness orm`,
);
/** Maps of a texture that are also render passes. */
const MAP = words(
  'diffuse diff albedo normal normals nrm nml specular spec bump disp ao occlusion opacity emission emissive sss',
);
/** Folder names for material that was shot or rendered over time. */
const FOOTAGE = words('plate plates render renders rendered footage comp comps precomp aov aovs pass passes');

export interface NumberedPictures {
  /** Folder within the package, and the name before the number. */
  readonly prefix: string;
  /** With its dot. */
  readonly extension: string;
  readonly padding: number;
  /** Ascending. */
  readonly frames: readonly number[];
}

export function areUdimTiles({ prefix, extension, padding, frames }: NumberedPictures): boolean {
  const last = frames.at(-1) ?? 0;
  if (padding !== 4 || (frames[0] ?? 0) < 1001 || last > 1999 || !EXTENSIONS.has(extension.toLowerCase())) return false;
  const slash = prefix.lastIndexOf('/') + 1;
  const inName = wordsOf(prefix.slice(slash));
  const inFolder = wordsOf(prefix.slice(0, slash));
  // One block of ten rows holds a hundred tiles; a longer run without gaps is animated.
  const few = last <= 1100;
  if (has(inName, TEXTURE)) return few || isGrid(frames);
  if (has(inFolder, FOOTAGE)) return false;
  if (has(inFolder, TEXTURE)) return few || isGrid(frames);
  if (!has(inName, MAP) && !has(inFolder, MAP)) return false;
  // Render passes are EXR.
  return (few && extension.toLowerCase() !== '.exr') || isGrid(frames);
}

/** Whether rows of ten are filled from the left, and one ends before the next begins: 1001-1004, 1011-1013. */
function isGrid(frames: readonly number[]): boolean {
  const known = new Set(frames);
  let gaps = 0;
  for (const [index, frame] of frames.entries()) {
    const column = (frame - 1001) % 10;
    if (column > 0 && !known.has(frame - 1)) return false;
    if (index > 0 && frame - (frames[index - 1] ?? 0) > 1) gaps += 1;
  }
  return gaps > 0;
}

function wordsOf(text: string): string[] {
  // 'bodyBaseColor_v01' yields body, base, color, basecolor and v, among others.
  const parts = text
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean);
  return parts.flatMap((part, index) => [part, part + (parts[index + 1] ?? '')]);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

function has(found: readonly string[], set: ReadonlySet<string>): boolean {
  return found.some((word) => set.has(word));
}
