/** Measures how much of a video or a sound can be played, and words the warning. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { DerivativeStore } from '../tools/derivative-store.ts';
import { ffprobe } from './ffprobe.ts';
import type { VideoFacts } from './video-facts.ts';

/** A proxy shorter than this share of its original means that the original is damaged. */
export const COMPLETE_SHARE = 0.95;
/** The same share for a sound, whose length is a count of samples. */
const COMPLETE_SOUND = 0.998;

const waveform = z.object({ sample_rate: z.number(), samples_per_pixel: z.number(), length: z.number() });

/** Returns the seconds of existing derivatives of the same content; null when none shows the length. */
export async function secondsOfMade(
  { proxy, waveform: key }: { readonly proxy?: string; readonly waveform?: string },
  { picture }: VideoFacts,
  store: DerivativeStore,
  signal: AbortSignal,
): Promise<number | null> {
  if (proxy !== undefined) return (await ffprobe(store.pathOf(proxy), signal)).facts.duration_seconds;
  if (key === undefined || picture !== null) return null;
  const { length, samples_per_pixel, sample_rate } = waveform.parse(
    JSON.parse(await readFile(store.pathOf(key), 'utf8')),
  );
  return (length * samples_per_pixel) / sample_rate;
}

/**
 * Words the warning about a file. ffmpeg reads damaged files as far as it can and reports success. @param length
 * seconds that can be played.
 */
export function warningOf(
  { seconds, picture, hasUnknownSound }: VideoFacts,
  length: number | null,
  { lacksSound, lacksEnd }: { readonly lacksSound: boolean; readonly lacksEnd: boolean },
): string | null {
  const sentences: string[] = [];
  const share = picture === null ? COMPLETE_SOUND : COMPLETE_SHARE;
  // Half a second is tolerated: containers round, and one frame more or less is normal.
  if (length !== null && seconds !== null && length < seconds * share && seconds - length >= 0.5) {
    sentences.push(
      `The file is damaged or incomplete: ${length.toFixed(1)} of ${seconds.toFixed(1)} seconds can be played.`,
    );
  } else if (lacksEnd) {
    const played = length === null ? '' : `: ${length.toFixed(1)} seconds can be played`;
    sentences.push(`The file is damaged or incomplete, its end is missing${played}.`);
  }
  if (hasUnknownSound || lacksSound) sentences.push('The sound cannot be decoded.');
  return sentences.length === 0 ? null : sentences.join(' ');
}
