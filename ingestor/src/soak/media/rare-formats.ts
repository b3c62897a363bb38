/** Creates rare kinds of video and audio, as far as the installed ffmpeg can write them. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { cutInHalf, makeWithFfmpeg } from '../../testing/media-files.ts';

const PICTURE = '-f lavfi -i testsrc2=size=176x144:rate=25:duration=1';
const SOUND = '-f lavfi -i sine=frequency=440:sample_rate=8000:duration=1';

const FORMATS: readonly (readonly [name: string, args: string])[] = [
  ['phone.3gp', `${PICTURE} ${SOUND} -c:v h263 -c:a aac -ar 8000`],
  ['windows.wmv', `${PICTURE} ${SOUND} -c:v wmv2 -c:a wmav2 -ar 22050`],
  ['windows.asf', `${PICTURE} -c:v msmpeg4v3`],
  ['tape.dv', '-f lavfi -i testsrc2=size=720x576:rate=25:duration=0.4 -target pal-dv'],
  ['theora.ogv', `${PICTURE} -c:v libtheora`],
  ['raw.m2v', `${PICTURE} -c:v mpeg2video`],
  ['apple.m4v', `${PICTURE} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -f mp4`],
  ['disc.vob', `${PICTURE} -c:v mpeg2video`],
  ['broadcast.m2ts', `${PICTURE} -c:v libx264 -preset ultrafast -f mpegts`],
  ['animation.qt', `${PICTURE} -c:v qtrle -f mov`],
  ['two-pictures.mkv', `${PICTURE} -f lavfi -i color=red:size=64x64:duration=1 -map 0 -map 1 -c:v ffv1`],
  ['still-picture.mp4', `-f lavfi -i testsrc2=size=176x144:duration=0.04 -c:v libx264 -frames:v 1`],
  ['slow.mov', '-f lavfi -i testsrc2=size=176x144:rate=1/5:duration=20 -c:v mjpeg -pix_fmt yuvj420p'],
  ['fast.mkv', '-f lavfi -i testsrc2=size=176x144:rate=1000:duration=1 -c:v mjpeg -pix_fmt yuvj420p'],
  ['strip.mkv', '-f lavfi -i testsrc2=size=2048x8:rate=25:duration=1 -c:v ffv1'],
  ['pole.mkv', '-f lavfi -i testsrc2=size=8x2048:rate=25:duration=1 -c:v ffv1'],
  ['grey.mkv', `${PICTURE} -pix_fmt gray16le -c:v ffv1`],
  ['16-bit-rgb.mkv', `${PICTURE} -pix_fmt gbrp16le -c:v ffv1`],
  ['animation.gif', PICTURE],
  ['animation.webp', `${PICTURE} -c:v libwebp_anim`],
  ['raw.aac', `${SOUND} -ar 44100`],
  ['cinema.ac3', `${SOUND} -ar 44100`],
  ['core.caf', `${SOUND} -c:a alac`],
  ['layer-2.mp2', `${SOUND} -ar 44100`],
  ['vorbis.oga', `${SOUND} -ar 44100 -c:a libvorbis`],
  ['windows.wma', `${SOUND} -ar 44100`],
  ['compressed.aifc', `${SOUND} -c:a pcm_s16le -f aiff`],
  ['float.wav', `${SOUND} -c:a pcm_f32le`],
  ['law.wav', `${SOUND} -c:a pcm_alaw`],
  ['short.wav', '-f lavfi -i sine=duration=0.001'],
  ['sony.w64', SOUND],
  ['large.rf64', `${SOUND} -rf64 always -f wav`],
  ['broadcast.bwf', `${SOUND} -write_bext 1 -metadata time_reference=1000 -f wav`],
  ['book.m4b', `${SOUND} -c:a aac -f ipod`],
  ['matroska.mka', `${SOUND} -ar 44100 -c:a libvorbis`],
  ['cinema.eac3', `${SOUND} -ar 48000`],
  ['vorbis.ogg', `${SOUND} -ar 44100 -c:a libvorbis`],
  ['speech.opus', `${SOUND} -ar 48000 -c:a libopus`],
  ['lossless.flac', SOUND],
  ['layer-3.mp3', `${SOUND} -ar 44100`],
  ['phone.3g2', `${PICTURE} ${SOUND} -c:v mpeg4 -c:a aac -ar 8000`],
  ['transport.ts', `${PICTURE} -c:v mpeg2video -f mpegts`],
  ['cinema.mj2', `${PICTURE} -c:v jpeg2000 -pix_fmt yuv444p -f mov`],
  ['surround.wav', '-f lavfi -i anoisesrc=duration=0.5 -af pan=7.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0|c6=c0|c7=c0'],
];

/** Sounds of half a minute, truncated to half their bytes like an interrupted copy. */
const CUT: readonly (readonly [name: string, args: string])[] = [
  ['cut.wav', ''],
  ['cut.w64', ''],
  ['cut.aiff', ''],
  ['cut.caf', ''],
  ['cut.mp3', '-b:a 64k'],
  ['cut.flac', ''],
  ['cut.ogg', '-c:a libvorbis'],
  ['cut.opus', '-c:a libopus'],
  ['cut.wma', ''],
  ['cut.m4a', '-movflags +faststart'],
  ['cut.aac', ''],
  ['cut.mka', '-c:a libvorbis'],
];

export async function makeRareFormats(folder: string): Promise<void> {
  for (const [name, args] of FORMATS) {
    const file = path.join(folder, name);
    // Formats for which this ffmpeg has no encoder are left out, together with their partial file.
    await makeWithFfmpeg(file, args).catch(() => rm(file, { force: true }));
  }
  for (const [name, args] of CUT) {
    const file = path.join(folder, name);
    const input = '-f lavfi -i sine=frequency=440:sample_rate=48000:duration=30';
    await makeWithFfmpeg(file, `${input} ${args}`.trim()).then(
      () => cutInHalf(file),
      () => rm(file, { force: true }),
    );
  }
}
