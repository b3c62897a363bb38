/** The files behind an asset that is several: an image sequence's frames, or the parts of a recording. */

export interface FramedPath {
  /** With a # for each digit of the number where the asset is several files: `plate/sh010.####.exr`. */
  readonly path: string;
  readonly first_frame: number | null;
  readonly last_frame: number | null;
  /** In frame list notation: `1003,1010-1014`. */
  readonly missing_frames: string | null;
}

/** Yields the path of each file that is on disk, in the order of their numbers; one path for an asset of one file. */
export function* filesOf({ path, first_frame, last_frame, missing_frames }: FramedPath): Generator<string> {
  const place = first_frame === null || last_frame === null ? null : numberPlace(path, first_frame);
  if (place === null || first_frame === null || last_frame === null) {
    yield path;
    return;
  }
  const gaps = readFrameList(missing_frames ?? '');
  for (let frame = first_frame; frame <= last_frame; frame++) {
    const gap = gaps.find(([from, to]) => from <= frame && frame <= to);
    if (gap === undefined) yield place.before + writeNumber(frame, place) + place.after;
    else frame = gap[1];
  }
}

/** Returns the path with `%04d` for the number, as players read it; the path itself for an asset of one file. */
export function framePattern({ path, first_frame }: Pick<FramedPath, 'path' | 'first_frame'>): string {
  const place = first_frame === null ? null : numberPlace(path, first_frame);
  if (place === null) return path;
  return `${place.before}${place.padding === 1 ? '%d' : `%0${place.padding}d`}${place.after}`;
}

interface NumberPlace {
  readonly before: string;
  readonly padding: number;
  /** Whether a minus counts as one of the digits. */
  readonly signInside: boolean;
  readonly after: string;
}

/** Finds the last run of # in the file's name; null when there is none. */
function numberPlace(path: string, first: number): NumberPlace | null {
  const end = path.lastIndexOf('#') + 1;
  if (end <= path.lastIndexOf('/') + 1) return null;
  let start = end;
  while (path[start - 1] === '#') start -= 1;
  // Only a sequence with negative numbers is written '-###', for four places.
  const signInside = first < 0 && path[start - 1] === '-';
  if (signInside) start -= 1;
  return { before: path.slice(0, start), padding: end - start, signInside, after: path.slice(end) };
}

function writeNumber(frame: number, { padding, signInside }: NumberPlace): string {
  if (frame >= 0) return String(frame).padStart(padding, '0');
  return `-${String(-frame).padStart(signInside ? padding - 1 : padding, '0')}`;
}

function readFrameList(list: string): [from: number, to: number][] {
  return list.split(',').flatMap((part): [number, number][] => {
    const [, from, to] = /^(-?\d+)(?:-(-?\d+))?$/.exec(part) ?? [];
    return from === undefined ? [] : [[Number(from), Number(to ?? from)]];
  });
}
