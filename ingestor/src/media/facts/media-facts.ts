/**
 * Facts that probing finds about a file: the columns of `assets` and `asset_metadata` with these names. Null is unknown
 * or not applicable.
 */
export interface MediaFacts {
  /** Pixels after rotation; for EXR, of the display window. */
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_seconds: number | null;
  readonly frame_rate_numerator: number | null;
  readonly frame_rate_denominator: number | null;
  /** ffprobe's name. */
  readonly codec: string | null;
  readonly audio_codec: string | null;
  readonly audio_channels: number | null;
  /** Hertz. */
  readonly sample_rate: number | null;
}

export const UNKNOWN_FACTS: MediaFacts = {
  width: null,
  height: null,
  duration_seconds: null,
  frame_rate_numerator: null,
  frame_rate_denominator: null,
  codec: null,
  audio_codec: null,
  audio_channels: null,
  sample_rate: null,
};
