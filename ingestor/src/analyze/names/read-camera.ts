/** Reads which camera a name says: 'A_CAM', 'Kamera 2', 'cam01', 'LeftCam', 'カメラB'. */
import { KIND } from './dictionary.ts';
import { type Token, Tokeniser } from './tokens.ts';

const PLACE = KIND.position | KIND.angle;
const MAX_NUMBER_BEFORE = 3;
/** Words that name a camera only with a letter or number after them: 'Angle 2'. */
const VIEWS = new Set(['angle', 'winkel', 'angulo', 'angolo', 'アングル']);

/** Returns the camera that a text says; null when it says none. */
export function cameraIn(text: string): string | null {
  return saidCamera(new Tokeniser().tokensOf(text).tokens);
}

/** Returns the camera that a name says with a word for cameras; null when it says none. */
export function saidCamera(tokens: readonly Token[]): string | null {
  for (const [index, token] of tokens.entries()) {
    if ((token.kinds & KIND.camera) === 0) continue;
    const [before, previous, next] = [tokens[index - 2], tokens[index - 1], tokens[index + 1]];
    // 'UNIT_B_CAM_1': the letter belongs to the unit.
    const isFree = before === undefined || (before.kinds & KIND.counted) === 0 || before.text.length === 1;
    const isView = VIEWS.has(token.key);
    if (previous !== undefined && is(previous, KIND.letter) && isFree && !isView) return named(previous);
    if (next !== undefined && (is(next, KIND.letter) || is(next, KIND.number))) return named(next);
    if (isView) continue;
    if (previous !== undefined && is(previous, KIND.number) && previous.text.length <= MAX_NUMBER_BEFORE && isFree) {
      return named(previous);
    }
    if (next !== undefined && is(next, PLACE)) return named(next);
    if (previous !== undefined && is(previous, PLACE)) return named(previous);
  }
  return null;
}

/** 'A' -> 'cam_a', '01' -> 'cam_1'. */
function named({ key }: Token): string {
  return `cam_${key.replace(/^0+(?=\d)/, '')}`;
}

function is(token: Token, kinds: number): boolean {
  return (token.kinds & kinds) !== 0;
}
