/**
 * Parses the JSON that `ffprobe -show_streams -show_format` writes, as far as it is used. Most numbers are texts,
 * unknown numbers are omitted, and everything originates in clients' files: an invalid value becomes null and never
 * fails the rest.
 */
import { z } from 'zod';

/** The largest value that the column accepts. */
const MAX_INTEGER = 2 ** 31 - 1;

const positive = z.coerce.number().positive().nullable().catch(null);
const wholePositive = z.coerce.number().int().positive().max(MAX_INTEGER).nullable().catch(null);
const degrees = z.coerce.number().nullable().catch(null);
/** ffprobe's words for unknown values become null. */
const word = z
  .string()
  .transform((text) => (['', 'unknown', 'unspecified', 'reserved', 'N/A'].includes(text) ? null : text))
  .nullable()
  .catch(null);
const tags = z.record(z.string(), z.string()).catch({});

const streamReport = z.object({
  codec_type: word,
  codec_name: word,
  profile: word,
  pix_fmt: word,
  width: wholePositive,
  height: wholePositive,
  sample_aspect_ratio: word,
  field_order: word,
  color_range: word,
  color_space: word,
  color_transfer: word,
  color_primaries: word,
  avg_frame_rate: word,
  r_frame_rate: word,
  time_base: word,
  duration: positive,
  bit_rate: positive,
  bits_per_raw_sample: wholePositive,
  bits_per_sample: wholePositive,
  sample_rate: wholePositive,
  channels: wholePositive,
  channel_layout: word,
  disposition: z.object({ attached_pic: z.number().nullable().catch(null) }).catch({ attached_pic: null }),
  side_data_list: z.array(z.object({ rotation: degrees }).catch({ rotation: null })).catch([]),
  tags,
});
export type StreamReport = z.infer<typeof streamReport>;

const formatReport = z.object({ format_name: word, duration: positive, tags });

const NO_FORMAT = { format_name: null, duration: null, tags: {} };

export const ffprobeReport = z
  .object({
    streams: z.array(streamReport.nullable().catch(null)).catch([]),
    format: formatReport.catch(NO_FORMAT),
  })
  .catch({ streams: [], format: NO_FORMAT })
  .transform(({ streams, format }) => ({ streams: streams.filter((stream) => stream !== null), format }));
export type FfprobeReport = z.infer<typeof ffprobeReport>;
