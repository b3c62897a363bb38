/** Decides whether browsers play a file as it is, so that it needs no proxy. */

import { PROXY_HEIGHT } from '@ingesthub/schema/library/derivatives.ts';
import { extensionOf } from '../../scan/names/file-types.ts';
import type { ProbedMedia } from './ffprobe.ts';
import { videoFactsOf } from './video-facts.ts';

const AUDIO_EXTENSIONS = new Set(['aac', 'flac', 'm4a', 'mp3', 'oga', 'ogg', 'opus', 'wav']);
const AUDIO_CODECS = new Set(['aac', 'flac', 'mp3', 'opus', 'vorbis', 'pcm_s16le', 'pcm_s24le', 'pcm_u8', 'pcm_f32le']);
const VIDEO_EXTENSIONS = new Set(['m4v', 'mov', 'mp4']);

export function isPlayable(name: string, media: ProbedMedia): boolean {
  const { facts } = media;
  const { picture } = videoFactsOf(media);
  if (!media.hasVideo) {
    return AUDIO_EXTENSIONS.has(extensionOf(name)) && AUDIO_CODECS.has(facts.audio_codec ?? '');
  }
  return (
    VIDEO_EXTENSIONS.has(extensionOf(name)) &&
    media.container.split(',').includes('mp4') &&
    facts.codec === 'h264' &&
    media.pixelFormat === 'yuv420p' &&
    // Browsers show interlaced fields as combs, and HDR differently on every display.
    picture?.firstField === null &&
    picture.colour.transform === null &&
    (facts.audio_codec === null || facts.audio_codec === 'aac') &&
    facts.height !== null &&
    facts.height <= PROXY_HEIGHT
  );
}
