/** The reason why a file's face metadata cannot be used, as one sentence for people. */
export class FaceProblem extends Error {
  override readonly name: string = 'FaceProblem';
}

/** A pickle that asks for more than plain data, as malicious and exotic pickles do. */
export class RefusedPickle extends FaceProblem {
  override readonly name = 'RefusedPickle';
  /** The rejected opcode or Python name: 'NEWOBJ', 'os.system'. */
  readonly refused: string;

  constructor(refused: string) {
    const shown = legible(refused);
    super(`The face metadata was rejected: it is a pickle that uses “${shown}”, not only plain data.`);
    this.refused = shown;
  }
}

export function endsTooEarly(): FaceProblem {
  return new FaceProblem('The face metadata ends too early.');
}

/** Reports a picture that is truncated before any metadata was found. */
export function fileEndsTooEarly(): FaceProblem {
  return new FaceProblem('The file ends too early, so its face metadata cannot be found.');
}

/** @param how 'it is not …', 'a dict has no value for a key'. */
export function damaged(how: string): FaceProblem {
  return new FaceProblem(`The face metadata is damaged: ${how}.`);
}

/** @param what '4 MiB', '500,000 values'. */
export function tooMuch(what: string): FaceProblem {
  return new FaceProblem(`The face metadata is too large: over ${what}.`);
}

/** Makes text from a file safe for a sentence and a log. */
function legible(text: string): string {
  return text
    .slice(0, 80)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
