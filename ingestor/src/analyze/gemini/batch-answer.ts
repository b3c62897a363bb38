/** Validates a model's answer: every file that was sent, once, with known values. */
import { cameraIn } from '../names/read-camera.ts';
import { type Placement, SHARED_SUBJECT } from '../rules/layout.ts';
import { modelAnswer } from './batch-request.ts';

/** Why an answer is unusable, as the rest of a sentence that begins with 'the model'. */
export interface Refused {
  readonly refused: string;
}

export interface Accepted {
  readonly placements: ReadonlyMap<string, Placement>;
  /** Files that were sent but are missing from the answer. */
  readonly missing: readonly string[];
}

/** In characters: a longer text is not a name. */
const MAX_SUBJECT = 80;
const MAX_CAMERA = 32;
const IMPOSSIBLE = Symbol('no camera has this name');

/** @param sent the paths in the request. */
export function checkAnswer(text: string, sent: readonly string[]): Accepted | Refused {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: 'answered with invalid JSON' };
  }
  const parsed = modelAnswer.safeParse(json);
  if (!parsed.success) return { refused: 'did not follow the requested format' };

  const pathOf = pathsByName(sent);
  const placements = new Map<string, Placement>();
  for (const file of parsed.data.files) {
    const path = pathOf(file.path);
    if (path === null) return { refused: 'named a file that it was not asked about' };
    if (placements.has(path)) return { refused: 'named a file twice' };
    const subject = cleanSubject(file.subject);
    if (subject === null) return { refused: 'gave an impossible name for a person' };
    const camera = cleanCamera(file.camera);
    if (camera === IMPOSSIBLE) return { refused: 'gave an impossible name for a camera' };
    placements.set(path, { subject, camera, assetType: file.asset_type });
  }
  return { placements, missing: sent.filter((path) => !placements.has(path)) };
}

/** Returns a plausible name of a person; null for a path, a long text, or control characters. */
export function cleanSubject(given: string): string | null {
  const name = given.normalize('NFC').trim();
  if (name === '' || name.toLowerCase() === SHARED_SUBJECT) return SHARED_SUBJECT;
  const isUsable = name.length <= MAX_SUBJECT && !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029/\\]/u.test(name);
  return isUsable && /\p{L}/u.test(name) && !/^\.+$/.test(name) ? name : null;
}

/** @returns null for no camera. */
function cleanCamera(given: string): string | null | typeof IMPOSSIBLE {
  const name = given
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (name === '') return null;
  if (/^cam_[\p{L}\p{N}_]+$/u.test(name) && name.length <= MAX_CAMERA) return cameraIn(name) ?? name;
  return cameraIn(given) ?? (/^[\p{L}\p{N}]{1,20}$/u.test(name) ? `cam_${name}` : IMPOSSIBLE);
}

/** Matches answered paths to sent ones regardless of how the model encodes accents. */
function pathsByName(sent: readonly string[]): (given: string) => string | null {
  const exact = new Set(sent);
  const composed = new Map<string, string | null>();
  for (const path of sent) {
    const key = path.normalize('NFC');
    composed.set(key, composed.has(key) ? null : path);
  }
  return (given) => (exact.has(given) ? given : (composed.get(given.normalize('NFC')) ?? null));
}
