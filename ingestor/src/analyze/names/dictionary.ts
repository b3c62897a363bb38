/** Looks words up in the lists of `words/`: a word may mean several things, and its neighbours decide. */
import { fold, spellings } from './fold.ts';
import { ANGLES, CAMERA, CARD_FOLDERS, EQUIPMENT, PLACES_OF_CAMERAS, WITNESS } from './words/camera-words.ts';
import { EAST_ASIAN_FAMILIES, FAMILY_ENDINGS, FAMILY_NAMES } from './words/family-names.ts';
import { GIVEN_NAMES } from './words/given-names.ts';
import { NICKNAMES } from './words/nicknames.ts';
import { COUNTED, DAY, MONTHS } from './words/order-words.ts';
import { ABOUT_PERSON, CREW, HONORIFICS, NAMED, PARTICLES, PERSON, SOFTWARE, TITLES } from './words/people-words.ts';
import { COLOUR, DOCUMENT, GRADED, PROXY, RAW, SOUND, STILLS } from './words/role-words.ts';
import {
  CAPTURE,
  DELIVERY,
  NAMED_PLACES_AFTER,
  NAMED_PLACES_BEFORE,
  OF_NO_PERSON,
  PERFORMANCE,
  PLACES,
  WORLD,
} from './words/thing-words.ts';
import { type WordList, wordsIn } from './words/word-list.ts';

/** Meanings of a word, as bits: a word often has several. */
export const KIND = {
  graded: 1 << 0,
  proxy: 1 << 1,
  raw: 1 << 2,
  sound: 1 << 3,
  document: 1 << 4,
  stills: 1 << 5,
  camera: 1 << 6,
  /** A view that tells cameras of one take apart: wide, tight. */
  angle: 1 << 7,
  /** Where a camera stands: left, front. */
  position: 1 << 8,
  witness: 1 << 9,
  equipment: 1 << 10,
  card: 1 << 11,
  day: 1 << 12,
  /** Takes, scenes and others that a number follows. */
  counted: 1 << 13,
  /** Beside it stands the recorded person. */
  person: 1 << 14,
  /** Beside it stands a member of the crew. */
  crew: 1 << 15,
  particle: 1 << 16,
  title: 1 << 17,
  /** A form of address after a name. */
  honorific: 1 << 31,
  shared: 1 << 18,
  capture: 1 << 19,
  /** A place, or a thing of the world. */
  place: 1 << 20,
  delivery: 1 << 21,
  given: 1 << 22,
  family: 1 << 23,
  /** Beside it stands the name of a project or company. */
  named: 1 << 24,
  number: 1 << 25,
  /** A single Latin letter. */
  letter: 1 << 26,
  /** Letters and digits without a meaning of their own: 'R1AB'. */
  code: 1 << 27,
  /** Months, weekdays and seasons: some are given names. */
  month: 1 << 30,
  /** A paper, a microphone or a performance of one person: the name stands beside it. */
  about: 1 << 29,
  /** The name of a clip or a reel, as a camera or a recorder gives it. */
  clip: 1 << 28,
} as const;

const NAME_KINDS = KIND.given | KIND.family | KIND.particle | KIND.title | KIND.honorific;

const LISTS: readonly (readonly [kind: number, list: WordList])[] = [
  [KIND.graded, GRADED],
  [KIND.proxy, PROXY],
  [KIND.raw, RAW],
  [KIND.sound, SOUND],
  [KIND.document, DOCUMENT],
  [KIND.stills, STILLS],
  [KIND.camera, CAMERA],
  ...ANGLES.map((list) => [KIND.angle, list] as const),
  [KIND.position, PLACES_OF_CAMERAS],
  [KIND.witness, WITNESS],
  [KIND.equipment, EQUIPMENT],
  [KIND.equipment, { en: SOFTWARE }],
  [KIND.card, CARD_FOLDERS],
  [KIND.day, DAY],
  [KIND.month, MONTHS],
  [KIND.counted, COUNTED],
  [KIND.person, PERSON],
  [KIND.crew, CREW],
  [KIND.named, NAMED],
  [KIND.about, ABOUT_PERSON],
  [KIND.about | KIND.capture, PERFORMANCE],
  [KIND.shared, OF_NO_PERSON],
  [KIND.capture, CAPTURE],
  [KIND.place, PLACES],
  [KIND.place, WORLD],
  [KIND.delivery, DELIVERY],
  [KIND.delivery, COLOUR],
];

/** Shorter ones are too often something else. */
const MIN_NICKNAME = 4;

let meanings: ReadonlyMap<string, number> | null = null;

/** @param key a word as {@link fold} gives it. @returns bits of {@link KIND}; 0 for a word in no list. */
export function kindsOf(key: string): number {
  meanings ??= readLists();
  return meanings.get(key) ?? 0;
}

/** Whether a word has a meaning other than a name. */
export function isThing(kinds: number): boolean {
  return (kinds & ~NAME_KINDS) !== 0;
}

/** Returns the rank of a view among the cameras of one take, the widest first; null for other words. */
export function angleRank(key: string): number | null {
  const rank = angleKeys.findIndex((words) => words.has(key));
  return rank < 0 ? null : rank;
}
const angleKeys = ANGLES.map((list) => new Set(wordsIn(list).map(fold)));

const endings = FAMILY_ENDINGS.split(/\s+/);
const MIN_BEFORE_ENDING = 3;

/** Whether a word in no list ends like a family name: 'Lindqvist', 'Kowalczuk'. */
export function endsLikeFamily(key: string): boolean {
  return endings.some((ending) => key.length >= ending.length + MIN_BEFORE_ENDING && key.endsWith(ending));
}

const families = EAST_ASIAN_FAMILIES.split(/\s+/);
const familyReadings = new Map<string, string>();
for (let index = 0; index + 1 < families.length; index += 2) {
  familyReadings.set(families[index] ?? '', families[index + 1] ?? '');
}
const LONGEST_FAMILY = 3;

/** Returns the family name with which a name in Han or Hangul begins, and its reading: '田中花子' -> '田中', 'tanaka'. */
export function eastAsianFamily(name: string): { family: string; reading: string } | null {
  for (let length = LONGEST_FAMILY; length > 0; length--) {
    const family = name.slice(0, length);
    const reading = familyReadings.get(family);
    if (reading !== undefined && family.length === length) return { family, reading };
  }
  return null;
}

/** Names are found in other scripts too; 'мира' is no 'Mira' where it is a thing. */
function keysOf(word: string): string[] {
  return spellings(word).filter((key) => hasSameScript(key, word));
}

function hasSameScript(a: string, b: string): boolean {
  return /\p{Script=Latin}/u.test(a) === /\p{Script=Latin}/u.test(b);
}

function readLists(): Map<string, number> {
  const found = new Map<string, number>();
  const add = (kind: number, words: readonly string[]) => {
    for (const word of words) for (const key of keysOf(word)) found.set(key, (found.get(key) ?? 0) | kind);
  };
  for (const [kind, list] of LISTS) add(kind, wordsIn(list));
  // 'Torre' is a family name too, 'Quai' a place only.
  const places = `${NAMED_PLACES_BEFORE} ${NAMED_PLACES_AFTER}`.split(/\s+/);
  const names = new Set(Object.values({ ...GIVEN_NAMES, ...FAMILY_NAMES }).flatMap((list) => list.split(/\s+/)));
  add(
    KIND.place,
    places.filter((word) => !names.has(word)),
  );
  add(KIND.particle, PARTICLES.split(/\s+/));
  add(KIND.title, TITLES.split(/\s+/));
  add(KIND.honorific, HONORIFICS.split(/\s+/));
  for (const names of Object.values(GIVEN_NAMES)) add(KIND.given, names.split(/\s+/));
  for (const name of NICKNAMES.trim().split(/:?\s+/)) {
    if (name.length >= MIN_NICKNAME && !isThing(found.get(name) ?? 0)) add(KIND.given, [name]);
  }
  for (const names of Object.values(FAMILY_NAMES)) add(KIND.family, names.split(/\s+/));
  return found;
}
