/** Validates a model's answer: every file that was sent, once, with known values. */
import { cameraIn } from '../names/read-camera.ts';
import { type Placement, SHARED_SUBJECT } from '../rules/layout.ts';
import { type BatchRequest, modelAnswer } from './batch-request.ts';
import { cleanReason, quotes } from './given-reason.ts';

/** Why an answer is unusable, as the rest of a sentence that begins with 'the model'. */
export interface Refused {
  readonly refused: string;
}

export interface Accepted {
  readonly readings: ReadonlyMap<string, Reading>;
  /** Files that were sent but are missing from the answer. */
  readonly missing: readonly string[];
}

/** A model's reading of one file's names. */
export interface Reading extends Pick<Placement, 'subject' | 'camera' | 'assetType'> {
  /** Why it differs from what was proposed, on one line; null when no word of the file's names is given as a reason. */
  readonly because: string | null;
}

/** In characters: a longer text is not a name. */
const MAX_SUBJECT = 80;
const MAX_CAMERA = 32;
const IMPOSSIBLE = Symbol('no camera has this name');

/** @param request that was answered. */
export function checkAnswer(
  text: string,
  { delivery, paths, wording }: Pick<BatchRequest, 'delivery' | 'paths' | 'wording'>,
): Accepted | Refused {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: 'answered with invalid JSON' };
  }
  const parsed = modelAnswer.safeParse(json);
  if (!parsed.success) return { refused: 'did not follow the requested format' };

  const sentPath = pathsByName([...paths.keys()]);
  const readings = new Map<string, Reading>();
  for (const file of parsed.data.files) {
    const sent = sentPath(file.path);
    const path = sent === null ? undefined : paths.get(sent);
    if (sent === null || path === undefined) return { refused: 'named a file that it was not asked about' };
    if (readings.has(path)) return { refused: 'named a file twice' };
    const realSubject = wording.realName(file.subject);
    const realCamera = wording.realText(file.camera);
    const reason = wording.realText(file.because);
    if (realSubject === null || realCamera === null || reason === null) {
      return { refused: 'used a name that was not sent' };
    }
    const subject = cleanSubject(realSubject);
    if (subject === null) return { refused: 'gave an impossible name for a person' };
    const camera = cleanCamera(realCamera);
    if (camera === IMPOSSIBLE) return { refused: 'gave an impossible name for a camera' };
    const isReason = quotes(reason, [path, delivery]) || quotes(file.because, [sent, wording.name(delivery)]);
    const because = isReason ? cleanReason(reason) : null;
    readings.set(path, { subject, camera, assetType: file.asset_type, because });
  }
  return { readings, missing: [...paths.values()].filter((path) => !readings.has(path)) };
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
