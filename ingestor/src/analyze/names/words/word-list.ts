/** Words by language, separated by spaces. Accents may be left out by clients: they are ignored when words are compared. */
export type WordList = Readonly<Partial<Record<Language, string>>>;

/**
 * `ja` is romanised Japanese, as clients with Latin keyboards type it; `sv` has all northern languages, `cs` Czech and Slovak;
 * `other` holds words in scripts of their own.
 */
type Language =
  | 'en'
  | 'fr'
  | 'de'
  | 'es'
  | 'it'
  | 'pt'
  | 'ja'
  | 'nl'
  | 'pl'
  | 'cs'
  | 'sv'
  | 'hu'
  | 'tr'
  | 'vi'
  | 'id'
  | 'ro'
  | 'other';

/** Returns the words of all languages. */
export function wordsIn(list: WordList): string[] {
  return Object.values(list).flatMap((words) => words.split(/\s+/).filter((word) => word !== ''));
}
