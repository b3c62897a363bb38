/** What `ffprobe` says about a video or a sound. */
import type { AssetDetails } from '@ingesthub/schema/asset-details.ts';
import { detailsOf } from './details-of.ts';
import { ffprobeReport } from './ffprobe-report.ts';
import { parseRational } from './frame-rate.ts';
import { type MediaFacts, UNKNOWN_FACTS } from './media-facts.ts';
import { taggedDetails } from './media-tags.ts';
import { movieInput } from './movie-input.ts';
import { runTool } from './run-tool.ts';
import { audioDetails, clockwiseRotation, videoDetails } from './stream-details.ts';

const PROBE_TIMEOUT_MS = 60_000;
/** Bytes; some cameras write a page of tags for each of many streams. */
const MAX_REPORT = 8 * 1024 * 1024;

export interface ProbedMedia {
  readonly facts: MediaFacts;
  readonly details: AssetDetails;
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
    [...['-v', 'error', '-of', 'json', '-show_streams', '-show_format'], ...movieInput(file)],
    { signal, timeoutMs: PROBE_TIMEOUT_MS, maxOutput: MAX_REPORT },
  );
  return parseFfprobe(JSON.parse(stdout.toString()));
}

/** @param json anything: what makes no sense in it is unknown. */
export function parseFfprobe(json: unknown): ProbedMedia {
  const report = ffprobeReport.parse(json);
  const { streams, format } = report;
  const videos = streams.filter((stream) => stream.codec_type === 'video' && stream.disposition.attached_pic !== 1);
  const sounds = streams.filter((stream) => stream.codec_type === 'audio');
  const [video, audio] = [videos[0], sounds[0]];
  const turned = video !== undefined && (clockwiseRotation(video) ?? 0) % 180 === 90;
  const rate = parseRational(video?.avg_frame_rate) ?? parseRational(video?.r_frame_rate);
  return {
    facts: {
      ...UNKNOWN_FACTS,
      width: (turned ? video.height : video?.width) ?? null,
      height: (turned ? video.width : video?.height) ?? null,
      duration_seconds: format.duration ?? video?.duration ?? audio?.duration ?? null,
      frame_rate_numerator: rate?.numerator ?? null,
      frame_rate_denominator: rate?.denominator ?? null,
      codec: video?.codec_name ?? null,
      audio_codec: audio?.codec_name ?? null,
      audio_channels: audio?.channels ?? null,
      sample_rate: audio?.sample_rate ?? null,
    },
    details: detailsOf({
      ...taggedDetails(report),
      video: video === undefined ? null : videoDetails(video, videos.length),
      audio: audio === undefined ? null : audioDetails(audio, sounds.length),
    }),
    hasVideo: video !== undefined,
    hasAudio: audio !== undefined,
    container: format.format_name ?? '',
    pixelFormat: video?.pix_fmt ?? null,
  };
}
