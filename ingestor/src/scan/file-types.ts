/** What a file is, by its name alone; probing says whether that is true. */
import type { FileType } from '@ingesthub/schema/vocabulary.ts';
import { FRAME_EXTENSIONS, STILL_EXTENSIONS } from './still-extensions.ts';

const VIDEO = '3gp asf avi braw dv flv m2ts m2v m4v mkv mov mp4 mpeg mpg mts mxf ogv qt r3d vob webm wmv';
const AUDIO = 'aac ac3 aif aifc aiff amr caf flac m4a mp2 mp3 oga ogg opus wav wma';
const types = new Map<string, FileType>([
  ...VIDEO.split(' ').map((extension) => [extension, 'video'] as const),
  ...STILL_EXTENSIONS.map((extension) => [extension, 'image'] as const),
  ...AUDIO.split(' ').map((extension) => [extension, 'audio'] as const),
]);
const frames = new Set(FRAME_EXTENSIONS);

/** Lower case, without the dot; '' when there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

export function fileTypeOf(name: string): Exclude<FileType, 'sequence'> {
  return (types.get(extensionOf(name)) as Exclude<FileType, 'sequence'> | undefined) ?? 'other';
}

/** Whether files of this name's extension may be frames of a sequence. */
export function mayBeFrame(name: string): boolean {
  return frames.has(extensionOf(name));
}
