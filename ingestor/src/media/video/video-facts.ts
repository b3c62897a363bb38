/** Derives from the probed facts what decides how a video's derivatives are made. Pure. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { type Colour, colourOf } from '../colour/colour.ts';
import type { MediaFacts } from '../facts/media-facts.ts';
import type { Size } from '../picture/picture-size.ts';

/** The result of `probe`, or the columns and the document that store it. */
export interface FoundVideo {
  readonly facts: MediaFacts;
  readonly details: AssetDetails;
}

export interface VideoFacts {
  /** Null when there is no picture, or none of known size. */
  readonly picture: PictureFacts | null;
  /** Null when there is no sound, or none that can be decoded. */
  readonly sound: SoundFacts | null;
  /** True when the file has a sound of an unknown codec. */
  readonly hasUnknownSound: boolean;
  /** The length that the file claims. */
  readonly seconds: number | null;
}

export interface PictureFacts {
  /** Upright, in square pixels. */
  readonly shown: Size;
  /** Pixels decoded for each frame. */
  readonly pixels: number;
  /** The field that is shown first; null for whole frames. */
  readonly firstField: 'top' | 'bottom' | null;
  readonly rotated: boolean;
  readonly hasAlpha: boolean;
  readonly variableRate: boolean;
  readonly colour: Colour;
}

export interface SoundFacts {
  readonly channels: number;
  /** False when the loudspeaker of each channel is unknown. */
  readonly hasLayout: boolean;
  /** Hertz. */
  readonly sampleRate: number;
}

export function videoFactsOf({ facts, details }: FoundVideo): VideoFacts {
  return {
    picture: pictureFacts(facts, details),
    sound: soundFacts(facts, details),
    hasUnknownSound: facts.audio_codec === null && facts.audio_channels !== null,
    seconds: facts.duration_seconds,
  };
}

/** Coded order differs from display order: 'tb' is stored top first and shown bottom first. */
const FIRST_FIELDS: Readonly<Record<string, PictureFacts['firstField']>> = {
  tt: 'top',
  bt: 'top',
  bb: 'bottom',
  tb: 'bottom',
};

function pictureFacts(facts: MediaFacts, { video = {} }: AssetDetails): PictureFacts | null {
  const { width, height } = facts;
  if (facts.codec === null || width === null || height === null) return null;
  const rotated = (video.rotation ?? 0) % 360 !== 0;
  const aspect = pixelAspect(video.sample_aspect_ratio);
  const onItsSide = (video.rotation ?? 0) % 180 !== 0;
  return {
    shown: onItsSide ? { width, height: height * aspect } : { width: width * aspect, height },
    pixels: width * height,
    firstField: FIRST_FIELDS[video.field_order ?? ''] ?? null,
    rotated,
    hasAlpha: /^(?:yuva|gbrap|rgba|bgra|argb|abgr|ya\d|pal8)/.test(video.pixel_format ?? ''),
    variableRate: video.variable_frame_rate ?? false,
    colour: colourOf(video, { width, height }),
  };
}

/** Aspect ratios beyond any lens are errors in the file. */
function pixelAspect(text: string | undefined): number {
  const [numerator = 1, denominator = 1] = (text ?? '1:1').split(':').map(Number);
  const ratio = numerator / denominator;
  return ratio >= 0.1 && ratio <= 10 ? ratio : 1;
}

function soundFacts(facts: MediaFacts, { audio = {} }: AssetDetails): SoundFacts | null {
  if (facts.audio_codec === null) return null;
  const channels = facts.audio_channels ?? 2;
  return {
    channels,
    hasLayout: channels <= 2 || (audio.channel_layout ?? '') !== '',
    sampleRate: facts.sample_rate ?? 48000,
  };
}
