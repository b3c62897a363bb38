/** Reads the facts of a video or a sound with `ffprobe`. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { detailsOf } from '../facts/details-of.ts';
import { ffprobeReport, type StreamReport } from '../facts/ffprobe-report.ts';
import { parseRational, type Rational } from '../facts/frame-rate.ts';
import { type MediaFacts, UNKNOWN_FACTS } from '../facts/media-facts.ts';
import { taggedDetails } from '../facts/media-tags.ts';
import { audioDetails, clockwiseRotation, videoDetails } from '../facts/stream-details.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { nounOf } from '../tools/media-source.ts';
import { runTool, ToolFailure } from '../tools/run-tool.ts';
import { videoInput } from '../tools/video-input.ts';

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
  /** For a broadcast wave file: samples from midnight to its beginning. */
  readonly timeReference: string | null;
  /** The common name of a kind of sound that this ffmpeg knows but cannot decode. */
  readonly undecodable: string | null;
}

/** @param file absolute. @throws ToolFailure; MediaProblem for a kind of sound that cannot be decoded here. */
export async function ffprobe(file: string, signal: AbortSignal): Promise<ProbedMedia> {
  // Some facts appear only in warnings.
  const args = ['-v', 'level+warning', '-of', 'json', '-show_streams', '-show_format', ...videoInput(file)];
  const options = { signal, timeoutMs: PROBE_TIMEOUT_MS, maxOutput: MAX_REPORT };
  const { stdout, stderr } = await runTool('ffprobe', args, options).catch((error: unknown): never => {
    if (!(error instanceof ToolFailure)) throw error;
    const kind = undecodableOf(error.lastWords);
    if (kind !== null) throw new MediaProblem(`${nounOf(file)} cannot be read here: ${kind}.`, { cause: error });
    const lines = error.lastWords.split('\n');
    const errors = lines.filter((line) => /\[(?:error|fatal|panic)\] /.test(line));
    throw new ToolFailure(error.tool, error.reason, (errors.length > 0 ? errors : lines).join('\n'), { cause: error });
  });
  return parseFfprobe(JSON.parse(stdout.toString()), stderr);
}

/** ffprobe's warning for a file whose header states no length: the length it then reports is a guess. */
const GUESSED = /Estimating duration from bitrate/;
/** MPEG-4's audio object types (ISO/IEC 14496-3, table 1.17). */
const SOUND_TYPES: Readonly<Record<string, string>> = { '42': 'xHE-AAC audio' };

/**
 * @param json any value; invalid parts of it become unknown.
 * @param warnings that ffprobe printed.
 */
export function parseFfprobe(json: unknown, warnings = ''): ProbedMedia {
  const report = ffprobeReport.parse(json);
  const { streams, format } = report;
  const videos = streams.filter((stream) => stream.codec_type === 'video' && stream.disposition.attached_pic !== 1);
  const sounds = streams.filter((stream) => stream.codec_type === 'audio');
  const [video, audio] = [videos[0], sounds[0]];
  const turned = video !== undefined && (clockwiseRotation(video) ?? 0) % 180 === 90;
  const rate = video === undefined ? null : rateOf(video, format.format_name ?? '');
  // For uncompressed samples the length is exact.
  const isGuess = GUESSED.test(warnings) && !(video === undefined && /^pcm_/.test(audio?.codec_name ?? ''));
  return {
    facts: {
      ...UNKNOWN_FACTS,
      width: (turned ? video.height : video?.width) ?? null,
      height: (turned ? video.width : video?.height) ?? null,
      duration_seconds: isGuess ? null : (format.duration ?? video?.duration ?? audio?.duration ?? null),
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
    timeReference: format.tags['time_reference'] ?? null,
    undecodable: undecodableOf(warnings),
  };
}

function undecodableOf(warnings: string): string | null {
  const [, type] = /Audio object type (\d+) is not implemented/.exec(warnings) ?? [];
  return type === undefined ? null : (SOUND_TYPES[type] ?? `MPEG-4 audio of type ${type}`);
}

/**
 * Returns frames a second; null when ffprobe reports only the resolution of the times, or a default for single
 * pictures.
 */
function rateOf(video: StreamReport, container: string): Rational | null {
  if (/_pipe$|^image2|^mjpeg$/.test(container)) return null;
  const mean = parseRational(video.avg_frame_rate);
  if (mean !== null) return mean;
  const finest = parseRational(video.r_frame_rate);
  const unit = parseRational(video.time_base);
  if (finest === null || unit === null) return finest;
  const isUnit = finest.numerator * unit.numerator === finest.denominator * unit.denominator;
  return isUnit && finest.numerator >= FASTEST * finest.denominator ? null : finest;
}

/** Frames a second that are accepted as a camera's rate without further evidence. */
const FASTEST = 240;
