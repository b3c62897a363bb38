/** The commands that open an asset in other programs, ready to paste into a shell. */
import type { FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { type FramedPath, framePattern } from './frame-files.ts';
import { shellWord } from './shell-word.ts';

/** The facts of an asset that its commands depend on; the path is the one on the person's computer. */
export interface AssetFile extends FramedPath {
  readonly file_type: FileType;
}

export const programs = ['rv', 'vlc', 'oiiotool'] as const;
export type Program = (typeof programs)[number];

export const programLabels: Readonly<Record<Program, string>> = {
  rv: 'rv command',
  vlc: 'vlc command',
  oiiotool: 'oiiotool --info command',
};

/** Returns the command that opens all of them in rv; null when it can open none. */
export function rvCommand(files: readonly AssetFile[]): string | null {
  const words = files.filter(({ file_type }) => file_type !== 'other').map((file) => shellWord(framePattern(file)));
  return words.length === 0 ? null : `rv ${words.join(' ')}`;
}

/** Returns the command for an asset; null when the program cannot read such a file. */
export function assetCommand(program: Program, file: AssetFile): string | null {
  if (program === 'rv') return rvCommand([file]);
  const isPicture = file.file_type === 'image' || file.file_type === 'sequence';
  if (file.file_type === 'other') return null;
  if (program === 'vlc') return file.first_frame === null ? `vlc ${shellWord(file.path)}` : null;
  if (!isPicture) return null;
  if (file.first_frame !== null && file.last_frame !== null) {
    const gaps = file.missing_frames === null ? [] : ['--skip-bad-frames'];
    const frames = ['--frames', `${file.first_frame}-${file.last_frame}`, ...gaps];
    return ['oiiotool', ...frames, '--info', shellWord(framePattern(file))].join(' ');
  }
  // oiiotool takes these characters for a frame number.
  const plain = /[#@%]/.test(file.path) ? ['--wildcardoff'] : [];
  return ['oiiotool', ...plain, '--info', shellWord(file.path)].join(' ');
}
