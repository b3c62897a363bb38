/**
 * Finds names of two words that no list needs to know: they stand in one place of many files' names, from several
 * folders, beside another such name, and sound has them too: 'sc101_tk02_wendel-aske_cam-b' and 'sc101_tk02_wendel.wav'.
 */
import { isThing, KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import type { NameTree, TreeFolder } from '../names/name-tree.ts';
import type { NameReading } from '../names/read-name.ts';
import type { Token } from '../names/tokens.ts';
import { soundsLikeName } from './runs.ts';

interface Pair {
  readonly tokens: readonly [Token, Token];
  readonly folders: Set<TreeFolder>;
}

/** Returns the pair of words in a file's name that are one person's; undefined for none. */
export function pairedNames({ groups }: NameTree): (reading: NameReading) => readonly Token[] | undefined {
  const places = new Map<string, Map<string, Pair>>();
  const inSound = new Set<string>();
  for (const { folder, reading, hasPictures, hasSound } of groups) {
    if (hasSound) for (const { key, kinds } of reading.tokens) if (!isThing(kinds)) inSound.add(key);
    const pair = hasPictures ? pairIn(reading) : null;
    if (pair === null) continue;
    const names = entryOf(places, placeOf(reading, pair), () => new Map<string, Pair>());
    entryOf(names, keyOf(pair), () => ({ tokens: pair, folders: new Set<TreeFolder>() })).folders.add(folder);
  }
  const found = new Set<string>();
  for (const names of places.values()) {
    const repeated = [...names].filter(([, { folders }]) => folders.size > 1);
    const areNames = repeated.every(([, { tokens }]) => tokens.every(({ text }) => text !== text.toLowerCase()));
    const isKnown = repeated.some(([, { tokens }]) => tokens.some(soundsLikeName));
    if (repeated.length < 2 || !(areNames || isKnown)) continue;
    for (const [key, { tokens }] of repeated) if (tokens.some((token) => inSound.has(token.key))) found.add(key);
  }
  return (reading) => {
    const pair = found.size === 0 ? null : pairIn(reading);
    return pair !== null && found.has(keyOf(pair)) ? pair : undefined;
  };
}

const MIN_WORD = 2;

/** Returns the only two words in a name that may be a person's: they begin it, or a hyphen joins them after a number. */
function pairIn({ tokens, name, kinds }: NameReading): [Token, Token] | null {
  if ((kinds & (KIND.counted | KIND.camera | KIND.code)) === 0) return null;
  const start = tokens.findIndex(mayBeName);
  const [first, second, after] = [tokens[start], tokens[start + 1], tokens[start + 2]];
  if (first === undefined || second === undefined || (after !== undefined && mayBeName(after))) return null;
  const isKnown = (first.kinds & KIND.given) !== 0 && (second.kinds & KIND.family) !== 0;
  if (!mayBeName(second) && !isKnown) return null;
  const between = name.slice(first.end, second.start);
  const isJoined = between === '-' && ((tokens[start - 1]?.kinds ?? 0) & KIND.number) !== 0;
  return isJoined || (start === 0 && /^[-_ ]$/.test(between)) ? [first, second] : null;
}

function mayBeName({ kinds, key }: Token): boolean {
  return !isThing(kinds) && (kinds & (KIND.particle | KIND.title)) === 0 && key.length >= MIN_WORD;
}

/** Pairs in one place are written in one way. */
function placeOf({ name, tokens }: NameReading, [first, second]: readonly [Token, Token]): string {
  return `${tokens.indexOf(first)} ${name.slice(first.end, second.start)}`;
}

function keyOf([first, second]: readonly [Token, Token]): string {
  return `${first.key} ${second.key}`;
}
