/** Tells words that were probably meant from those that were typed. */

/** Letters from which on one typing error is forgiven, and two. */
const ONE_ERROR = 4;
const TWO_ERRORS = 8;
/** Letters from which on the beginning of a longer word may have errors too. */
const PREFIX = 6;

/** Returns how many errors are forgiven in a word. */
function errorsIn(typed: string): number {
  if (typed.length >= TWO_ERRORS) return 2;
  return typed.length >= ONE_ERROR ? 1 : 0;
}

/**
 * Returns true when a typed word is a word, or the beginning of a longer one, but for a few errors. Digits are never
 * taken for an error: day02 and day03 are different things.
 */
export function isNear(typed: string, word: string): boolean {
  const most = errorsIn(typed);
  if (most === 0 || word.length < typed.length - most) return false;
  const isPrefix = typed.length >= PREFIX;
  if (!isPrefix && word.length > typed.length + most) return false;
  const [asked, known] = [digitsOf(typed), digitsOf(word)];
  if (isPrefix ? !known.startsWith(asked) : known !== asked) return false;
  return countErrors(typed, isPrefix ? word.slice(0, typed.length + most) : word, isPrefix) <= most;
}

/** Returns the word with the fewest errors, but not more than a third of the letters; null: there is none. */
export function nearestWord(typed: string, words: Iterable<string>): string | null {
  let least = Math.floor(typed.length / 3) + 1;
  let nearest: string | null = null;
  for (const word of words) {
    if (Math.abs(word.length - typed.length) >= least) continue;
    const errors = countErrors(typed, word, false);
    if (errors === 0 || errors >= least) continue;
    least = errors;
    nearest = word;
  }
  return nearest;
}

/**
 * Counts letters that are missing, too many or wrong, and neighbours that are exchanged, as in optimal string alignment:
 * https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
 *
 * @param isPrefix whether the word may go on.
 */
function countErrors(typed: string, word: string, isPrefix: boolean): number {
  let older: number[] = [];
  let before = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let row = 1; row <= typed.length; row++) {
    const now = [row];
    for (let at = 1; at <= word.length; at++) {
      const differs = typed[row - 1] === word[at - 1] ? 0 : 1;
      let errors = Math.min(
        (before[at] as number) + 1,
        (now[at - 1] as number) + 1,
        (before[at - 1] as number) + differs,
      );
      const exchanged = row > 1 && at > 1 && typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1];
      if (exchanged) errors = Math.min(errors, (older[at - 2] as number) + 1);
      now.push(errors);
    }
    older = before;
    before = now;
  }
  return isPrefix ? Math.min(...before) : (before[word.length] as number);
}

function digitsOf(word: string): string {
  return word.replace(/\D+/g, '');
}
