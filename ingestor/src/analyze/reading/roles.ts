/** Reads the role of a file from its names: what a camera recorded, a version of it, sound, or a description. */
import type { AssetType, FileType } from '@ingesthub/schema/library/vocabulary.ts';
import { KIND } from '../names/dictionary.ts';
import { fold } from '../names/fold.ts';
import type { TreeFolder } from '../names/name-tree.ts';
import { isGenericName, type NameReading } from '../names/read-name.ts';
import type { Token } from '../names/tokens.ts';
import { COLOUR } from '../names/words/role-words.ts';
import { wordsIn } from '../names/words/word-list.ts';

/** Recordings that no reader here knows as video or pictures yet. */
const RAW_EXTENSIONS = new Set('ari arx crm rmf nev vrw 360 insv mcraw'.split(' '));
/** Small copies that GoPro and DJI cameras write beside each clip. */
const PROXY_EXTENSIONS = new Set('lrv lrf'.split(' '));

/** Photographs, also when their numbers make them look like a sequence. */
const PHOTO_EXTENSIONS = new Set('jpg jpeg heic heif png bmp gif'.split(' '));
/** Sony writes small copies here. */
const SONY_PROXIES = /(?:^|\/)(?:xdroot|m4root)\/sub$/i;
/** Panasonic writes sound as MXF too. */
const P2_SOUND = /(?:^|\/)contents\/(?:audio|voice)$/i;

/**
 * Returns the role that the nearest name says, the file's own first.
 *
 * @param folders innermost first.
 */
export function roleOf(
  name: NameReading,
  folders: readonly TreeFolder[],
  fileType: FileType,
  extension: string,
): AssetType {
  const folder = folders[0]?.path ?? '';
  if (fileType === 'audio' || P2_SOUND.test(folder)) return 'audio';
  if (PROXY_EXTENSIONS.has(extension) || (fileType === 'video' && SONY_PROXIES.test(folder))) return 'proxy';
  if (fileType === 'other') return RAW_EXTENSIONS.has(extension) ? 'raw' : 'metadata';
  const isPhoto = fileType === 'image' || PHOTO_EXTENSIONS.has(extension);
  const names = [name.kinds, ...folders.map(({ reading }) => reading.kinds | (isOfColour(reading) ? KIND.graded : 0))];
  for (const kinds of names) {
    if (isPhoto && (kinds & KIND.document) !== 0) return 'metadata';
    if ((kinds & KIND.proxy) !== 0) return 'proxy';
    if ((kinds & KIND.graded) !== 0) return 'graded';
    if ((kinds & KIND.raw) !== 0) return 'raw';
  }
  return fileType === 'image' && isIllustration(name, folders, extension) ? 'metadata' : 'raw';
}

const colours = new Set(wordsIn(COLOUR).map(fold));

/** Whether a folder has graded files: 'Color', '03_Farbe', but not 'color charts', 'Color ref'. */
function isOfColour({ tokens, kinds }: NameReading): boolean {
  if ((kinds & KIND.delivery) === 0) return false;
  const isColour = ({ key }: Token) => colours.has(key);
  return tokens.some(isColour) && tokens.every((word) => isColour(word) || (word.kinds & ORDER) !== 0);
}
const ORDER = KIND.number | KIND.day | KIND.counted;

/** A picture that no camera named, outside folders of people, stills or scans: a plan, a sketch, the car park. */
function isIllustration({ clip, kinds }: NameReading, folders: readonly TreeFolder[], extension: string): boolean {
  if (!PHOTO_EXTENSIONS.has(extension) || clip !== null || (kinds & (KIND.number | KIND.code)) !== 0) return false;
  const isRecorded = (of: number) => (of & (KIND.stills | KIND.capture | KIND.shared | KIND.camera)) !== 0;
  return (
    !isRecorded(kinds) && folders.every(({ reading, name: of }) => isGenericName(of) && !isRecorded(reading.kinds))
  );
}
