/** Tells which files are versions of one recording: the same clip graded, as a proxy, or its sound. */
import { clipKey } from '../names/clip-names.ts';
import { KIND } from '../names/dictionary.ts';
import type { NameReading } from '../names/read-name.ts';
import { type Token, Tokeniser } from '../names/tokens.ts';

/** Words that versions of a recording add to its name. */
const VERSION = KIND.graded | KIND.proxy | KIND.raw | KIND.sound | KIND.equipment | KIND.camera;

/** Returns the name that all versions of a recording share, people's names included; '' for none. */
export function recordingOfName(stem: string): string {
  return recordingOf(new Tokeniser().tokensOf(stem), stem, new Set());
}

/**
 * Returns the name that all versions of a recording share; '' for a name that tells no recording.
 *
 * @param stem the file's name without extension. @param people words that stand for people.
 */
export function recordingOf(
  reading: Pick<NameReading, 'tokens' | 'clip'>,
  stem: string,
  people: ReadonlySet<Token>,
): string {
  const { tokens, clip } = reading;
  if (clip?.names === 'clip') return clipKey(clip, stem);
  const parts: string[] = [];
  for (const token of tokens) {
    if (people.has(token) || (token.kinds & VERSION) !== 0) continue;
    const text = stem.slice(token.start, token.end);
    parts.push((token.kinds & KIND.number) === 0 ? text.toLowerCase() : text.replace(/^0+(?=\d)/, ''));
  }
  return parts.join(' ');
}
