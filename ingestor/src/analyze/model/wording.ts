/** The words in which a delivery's names are sent to a model: as they are, or with pseudonyms. */
export interface Wording {
  readonly isPseudonymous: boolean;
  /** Returns the name of a folder, a person or a camera as it is sent. */
  name(real: string): string;
  /** Returns the path of a file as it is sent; no two files have the same. */
  path(real: string): string;
  /** Returns a name as it is here; null when it has a word or a pseudonym that was never sent. */
  realName(sent: string): string | null;
  /** Returns a sentence with the names as they are here; null when it has a pseudonym that was never sent. */
  realText(sent: string): string | null;
}

/** Sends names as they are. */
export const plainWording: Wording = {
  isPseudonymous: false,
  name: (real) => real,
  path: (real) => real,
  realName: (sent) => sent,
  realText: (sent) => sent,
};
