/**
 * Checks a model's answer against the names. Models guess, and a name can manipulate them: a person is accepted only
 * when the file's own path or the delivery's name mentions that person.
 */
import { isGenericName, stemOf, wordsOf } from '../names/read-name.ts';
import { spellingKey } from '../names/spelling-key.ts';

/** Shorter parts occur in other words by chance. */
const MIN_PART = 4;

/** @returns whether a path names a subject: in full, or in short if another path or the delivery has the full name. */
export function subjectsNamedBy(
  delivery: string,
  paths: readonly string[],
): (subject: string, path: string) => boolean {
  const all = new Set([delivery, ...paths.flatMap((path) => path.split('/'))].map(spellingKey));
  const known = new Map<string, boolean>();
  const isKnown = (key: string) => {
    let is = known.get(key);
    if (is === undefined) {
      is = all.has(key) || (key.length >= MIN_PART && [...all].some((name) => name.includes(key)));
      known.set(key, is);
    }
    return is;
  };

  return (subject, path) => {
    if (isGenericName(subject)) return false;
    const key = spellingKey(subject);
    const own = `${delivery}/${stemOf(path)}`;
    const words = lowerWords(own);
    if (words.has(key) || (key.length >= MIN_PART && spellingKey(own).includes(key))) return true;
    const parts = [...lowerWords(subject)];
    if (parts.length === 0) return false;
    if (parts.every((part) => words.has(part))) return true;
    return isKnown(key) && shortForms(parts).some((form) => words.has(form));
  };
}

/** Whether a word of the path starts or ends with a camera's word; a letter or number must be alone or beside 'cam'. */
export function isCameraNamedBy(camera: string, path: string): boolean {
  const token = camera.replace(/^cam_/, '');
  return [...lowerWords(stemOf(path))].some((word) => {
    const bare = word.replaceAll(/(?<!\p{N})0+(?=\p{N})/gu, '');
    if (token.length < 3) return [token, `cam${token}`, `${token}cam`, `camera${token}`].includes(bare);
    return bare.startsWith(token) || bare.endsWith(token);
  });
}

/** 'Jane', 'Doe' -> jd, jdoe, janed, jane: forms that stand for the full name. */
function shortForms(parts: readonly string[]): string[] {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return [];
  const initials = parts.map((part) => [...part][0] ?? '').join('');
  return [initials, `${[...first][0]}${last}`, `${first}${[...last][0]}`, ...parts.filter((part) => part.length > 2)];
}

/** 'JaneDoe_take2' -> janedoe, jane, doe, take2: as written, and split at capitals. */
export function lowerWords(text: string): Set<string> {
  const words = wordsOf(text.normalize('NFC'));
  const parted = words.flatMap((word) => word.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u));
  return new Set([...words, ...parted].map((word) => word.toLowerCase()));
}
