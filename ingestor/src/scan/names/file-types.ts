/** Determines a file's type from its name alone; probing verifies it. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { FRAME_EXTENSIONS, STILL_EXTENSIONS } from './still-extensions.ts';

const VIDEO =
  '264 265 3g2 3gp amv asf avc avi bik braw cine crm dav dif dnxhd dnxhr dv f4v flv gxf h261 h263 h264 h265 h26l hevc ismv ivf m1v m2p ' +
  'm2t m2ts m2v m4v mj2 mjpeg mjpg mk3d mkv mlv mov mp4 mpe mpeg mpg mpv mts mxf nut obu ogv qt r3d rm rmvb roq smk ts vc1 vob ' +
  'webm wmv wtv y4m';
const AUDIO =
  'aa3 aac aax ac3 adts afc aif aifc aiff amr ape au awb bwf caf dsf dts dtshd eac3 ec3 flac gsm isma latm loas m2a m4a m4b m4r ' +
  'mka mlp mp2 mp3 mpa mpc nist oga ogg oma opus ra rf64 shn snd sph spx tak thd tta voc w64 wav wave wma wv';

const types = new Map<string, FileType>([
  ...VIDEO.split(' ').map((extension) => [extension, 'video'] as const),
  ...STILL_EXTENSIONS.map((extension) => [extension, 'image'] as const),
  ...AUDIO.split(' ').map((extension) => [extension, 'audio'] as const),
]);
const frames = new Set(FRAME_EXTENSIONS);

/** Returns the extension in lower case, without the dot; '' when there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

export function fileTypeOf(name: string): Exclude<FileType, 'sequence'> {
  return (types.get(extensionOf(name)) as Exclude<FileType, 'sequence'> | undefined) ?? 'other';
}

/** Whether a name fits a video as well as source code: `.ts` and `.mts` are also TypeScript. */
export function mayBeProgram(name: string): boolean {
  return /\.m?ts$/i.test(name);
}

/** Whether files with this extension may be frames of a sequence. */
export function mayBeFrame(name: string): boolean {
  return frames.has(extensionOf(name));
}
