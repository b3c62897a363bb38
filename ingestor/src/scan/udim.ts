/**
 * Whether numbered pictures are the tiles of a texture (UDIM) rather than frames. Tile numbers are
 * 1001 + u + 10 v with u below 10, v below 100, which is where plates begin to count as well: the numbers
 * alone never tell.
 */

/** Formats that textures are painted and published in. */
const EXTENSIONS = new Set('.exr .hdr .jpeg .jpg .png .tga .tif .tiff'.split(' '));
/** Words that only textures are named with. */
const TEXTURE = words(
  `texture textures tex texs udim udims mari substance displacement displace basecolor basecol roughness metallic
  metalness glossiness orm`,
);
/** Maps of a texture that are also passes of a render. */
const MAP = words(
  'diffuse diff albedo normal normals nrm nml specular spec bump disp ao occlusion opacity emission emissive sss',
);
/** What lies here was shot or rendered over time. */
const FOOTAGE = words('plate plates render renders rendered footage comp comps precomp aov aovs pass passes');

export interface NumberedPictures {
  /** Folder within the package, and name before the number. */
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
  // A hundred tiles in one block of ten rows; a longer run without gaps moves.
  const few = last <= 1100;
  if (has(inName, TEXTURE)) return few || isGrid(frames);
  if (has(inFolder, FOOTAGE)) return false;
  if (has(inFolder, TEXTURE)) return few || isGrid(frames);
  if (!has(inName, MAP) && !has(inFolder, MAP)) return false;
  // Render passes are EXR.
  return (few && extension.toLowerCase() !== '.exr') || isGrid(frames);
}

/** Whether rows of ten are filled from their left, and one ends before the next begins: 1001-1004, 1011-1013. */
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
  // 'bodyBaseColor_v01' has body, base, color, basecolor and v.
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
