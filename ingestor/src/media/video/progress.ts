/** Parses the last report of `ffmpeg -progress`: how much was encoded. Pure. */

export interface Progress {
  /** Frames of the first picture output. */
  readonly frames: number;
  /** Frames that were repeated to fill gaps. */
  readonly repeated: number;
}

/** @param text blocks of `key=value` lines. */
export function parseProgress(text: string): Progress {
  return { frames: last(text, 'frame'), repeated: last(text, 'dup_frames') };
}

function last(text: string, key: string): number {
  const values = [...text.matchAll(new RegExp(`^${key}=\\s*(\\d+)$`, 'gm'))];
  return Number(values.at(-1)?.[1] ?? 0);
}
