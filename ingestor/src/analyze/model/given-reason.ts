/** Judges the reason that a model gives for reading names otherwise than the rules. */
import { hasNoCase } from '../names/fold.ts';
import { stemOf, wordsOf } from '../names/read-name.ts';
import { lowerWords } from './named-by.ts';

/** In characters: a reason is one sentence. */
const MAX_REASON = 200;

/** Whether a reason quotes a word of the names that it is about; without one it could be about anything. */
export function quotes(reason: string, names: readonly string[]): boolean {
  const said = lowerWords(reason);
  // A sentence may begin with 'A'.
  const letters = wordsOf(reason).slice(1);
  return names
    .flatMap((name) => [...lowerWords(stemOf(name))])
    .some((word) => {
      if (hasNoCase(word)) return reason.includes(word);
      return /^\p{L}$/u.test(word) ? letters.includes(word.toUpperCase()) : said.has(word);
    });
}

/** Returns a model's text on one line, without the invisible characters that a terminal or browser would obey. */
export function cleanReason(reason: string): string {
  const line = reason
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replace(/\.+$/, '');
  return line.length <= MAX_REASON ? line : `${line.slice(0, MAX_REASON).trimEnd()}…`;
}
