/** Names the raw recordings that no program here decodes. */
import { extensionOf } from '../../scan/names/file-types.ts';
import { MediaProblem } from '../tools/media-problem.ts';
import { nounOf } from '../tools/media-source.ts';

const KINDS: Readonly<Record<string, string>> = {
  r3d: 'RED raw',
  ari: 'ARRI raw',
  arx: 'ARRI raw',
  braw: 'Blackmagic raw',
  crm: 'Canon raw',
};

/** Returns the kind of raw that a file's extension names; null for any other file. */
export function rawKindOf(file: string): string | null {
  return KINDS[extensionOf(file)] ?? null;
}

/** Words that a raw file cannot be read. @param kind in a few words. */
export function rawProblem(file: string, kind: string): MediaProblem {
  return new MediaProblem(`${nounOf(file)} cannot be read here: ${kind}.`, { final: true });
}
