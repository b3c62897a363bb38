/** What `ffmpeg -progress` wrote last: how much it has encoded. Pure. */

export interface Progress {
  /** Of the first output of pictures. */
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
