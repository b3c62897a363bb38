/** What `ffprobe` says about a video or a sound. */
import { z } from 'zod';
import { type MediaFacts, UNKNOWN_FACTS } from './media-facts.ts';
import { runTool } from './run-tool.ts';

const PROBE_TIMEOUT_MS = 60_000;

/** ffprobe writes most numbers as text, and leaves out what it does not know. */
const positive = z.coerce.number().positive().nullable().catch(null);
const wholePositive = z.coerce.number().int().positive().nullable().catch(null);

const stream = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: wholePositive,
  height: wholePositive,
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  duration: positive,
  sample_rate: wholePositive,
  channels: wholePositive,
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});

const report = z.object({
  streams: z.array(stream).default([]),
  format: z.object({ format_name: z.string().optional(), duration: positive }).default({ duration: null }),
});

export interface ProbedMedia {
  readonly facts: MediaFacts;
  readonly hasVideo: boolean;
  readonly hasAudio: boolean;
  /** ffmpeg's container names: 'mov,mp4,m4a,3gp,3g2,mj2'. */
  readonly container: string;
  readonly pixelFormat: string | null;
}

/** @param file absolute. @throws ToolFailure */
export async function ffprobe(file: string, signal: AbortSignal): Promise<ProbedMedia> {
  const { stdout } = await runTool(
    'ffprobe',
    // A playlist in disguise may name local files only, and they are never shown.
    [
      '-v',
      'error',
      '-protocol_whitelist',
      'file',
      '-of',
      'json',
      '-show_streams',
      '-show_format',
      '-i',
      `file:${file}`,
    ],
    { signal, timeoutMs: PROBE_TIMEOUT_MS },
  );
  return parseFfprobe(JSON.parse(stdout.toString()));
}

export function parseFfprobe(json: unknown): ProbedMedia {
  const { streams, format } = report.parse(json);
  const video = streams.find(
    ({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1,
  );
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  const rotation = video?.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
  const turned = Math.abs(rotation) % 180 === 90;
  const rate = rational(video?.avg_frame_rate) ?? rational(video?.r_frame_rate);
  return {
    facts: {
      ...UNKNOWN_FACTS,
      width: (turned ? video?.height : video?.width) ?? null,
      height: (turned ? video?.width : video?.height) ?? null,
      duration_seconds: format.duration ?? video?.duration ?? audio?.duration ?? null,
      frame_rate_numerator: rate?.numerator ?? null,
      frame_rate_denominator: rate?.denominator ?? null,
      codec: video?.codec_name ?? null,
      audio_codec: audio?.codec_name ?? null,
      audio_channels: audio?.channels ?? null,
      sample_rate: audio?.sample_rate ?? null,
    },
    hasVideo: video !== undefined,
    hasAudio: audio !== undefined,
    container: format.format_name ?? '',
    pixelFormat: video?.pix_fmt ?? null,
  };
}

/** '24000/1001'; null for '0/0' and what does not fit a 32-bit integer. */
function rational(text: string | undefined): { numerator: number; denominator: number } | null {
  const [numerator, denominator] = (text ?? '').split('/').map(Number);
  const fits = (value: number | undefined): value is number =>
    value !== undefined && Number.isInteger(value) && value > 0 && value < 2 ** 31;
  return fits(numerator) && fits(denominator) ? { numerator, denominator } : null;
}
