/** Why the face metadata of a file cannot be used, as one sentence for people. */
export class FaceProblem extends Error {
  override readonly name: string = 'FaceProblem';
}

/** A pickle that asks for more than plain data: what a malicious one does, and an exotic one. */
export class RefusedPickle extends FaceProblem {
  override readonly name = 'RefusedPickle';
  /** The opcode or the Python name that was refused: 'NEWOBJ', 'os.system'. */
  readonly refused: string;

  constructor(refused: string) {
    const shown = legible(refused);
    super(`Its face metadata was refused: it is a pickle that uses “${shown}”, not only plain data.`);
    this.refused = shown;
  }
}

export function endsTooEarly(): FaceProblem {
  return new FaceProblem('Its face metadata ends too early.');
}

/** Of a picture that is cut off before anything was found in it. */
export function fileEndsTooEarly(): FaceProblem {
  return new FaceProblem('The file ends too early: whether it says anything about a face is not known.');
}

/** @param how 'it is not …', 'a dict has no value for a key'. */
export function damaged(how: string): FaceProblem {
  return new FaceProblem(`Its face metadata is damaged: ${how}.`);
}

/** @param what '4 MiB', '500,000 values'. */
export function tooMuch(what: string): FaceProblem {
  return new FaceProblem(`Its face metadata is more than is read: over ${what}.`);
}

/** Text from a file, fit for a sentence and for a log. */
function legible(text: string): string {
  return text
    .slice(0, 80)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
