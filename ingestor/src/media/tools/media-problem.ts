/** Why a file gives no facts or no preview, in words for people: what `assets.problem` holds. */
import path from 'node:path';
import { NOT_SELF_CONTAINED } from './movie-input.ts';
import { ToolFailure } from './run-tool.ts';

/** The message is one sentence for people; it is stored on the asset, and the job is done with it. */
export class MediaProblem extends Error {
  override readonly name = 'MediaProblem';
  /** True where no other reader can do better, so that none is asked. */
  readonly final: boolean;

  constructor(message: string, { final = false, ...options }: ErrorOptions & { readonly final?: boolean } = {}) {
    super(message, options);
    this.final = final;
  }
}

/**
 * A program crashed while it read the file, or did not come to an end: by the file's doing or by chance
 * (no memory was left, the drive was slow). Worth some more tries; then its message is the asset's problem.
 */
export class MediaCrash extends Error {
  override readonly name = 'MediaCrash';
}

const MAX_LENGTH = 160;

/** As the C library words it, in the plain locale that programs run in, that nothing can be written. */
export const SPACE_WORDS = /No space left on device|Disk quota exceeded|Read-only file system/;
/** Likewise, the errors of a host. */
export const HOST_WORDS = new RegExp(
  `${SPACE_WORDS.source}|Stale file handle|Too many open files|Cannot allocate memory`,
);

/**
 * The problem that an error means for a file, or the error itself when the file is not to blame.
 *
 * @param file the asset's path, as the program was given it.
 * @param what how to call it: 'The EXR file', 'The video'.
 */
export function problemOf(
  error: unknown,
  file: string,
  what: string,
  host: string,
): MediaProblem | MediaCrash | unknown {
  if (error instanceof MediaProblem || error instanceof MediaCrash) return error;
  if (error instanceof ToolFailure) {
    // A program has no other way to say so than in words.
    if (error.reason === 'exit') {
      // A file may be named like that.
      const words = error.lastWords.replaceAll(file, FILE).replaceAll(path.basename(file), FILE);
      if (SPACE_WORDS.test(words)) return Object.assign(error, { code: 'ENOSPC' });
      if (HOST_WORDS.test(words)) return error;
    }
    const Kind = error.reason === 'signal' || error.reason === 'timeout' ? MediaCrash : MediaProblem;
    return new Kind(describeFailure(error, file, what, host), { cause: error });
  }
  const sentence = describeFileError(error, what);
  return sentence === null ? error : new MediaProblem(sentence, { cause: error });
}

/** How readers say that a file is of a kind that they do not know: flawless, for all they can tell. */
const UNKNOWN_KIND =
  /not (?:yet )?(?:supported|implemented|configured)|unsupported (?!image format)|no support for|can ?not handle|unknown bitfields|no known route|vector must have/i;

/** Whether a reader gave up on a file for its kind. A program has no other way to say so than in words. */
export function isUnknownKind(error: unknown): boolean {
  if (error instanceof ToolFailure) return error.reason === 'exit' && UNKNOWN_KIND.test(error.lastWords);
  if (!(error instanceof Error)) return false;
  return UNKNOWN_KIND.test(error.message) || isUnknownKind(error.cause);
}

/** A sentence for a file of a kind that no reader here knows. @param kind in a few words; null: as `error` words it. */
export function cannotBeRead(what: string, kind: string | null, error: unknown, file: string): MediaProblem {
  const words = error instanceof ToolFailure ? error.lastWords : causeOf(error);
  const known = kind ?? (/subsampled channels/i.test(words) ? 'subsampled channels (luminance and chroma)' : null);
  return new MediaProblem(`${what} cannot be read here: ${known === null ? tidy(words, file) : `${known}.`}`, {
    cause: error,
  });
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof ToolFailure ? error.cause.lastWords : causeOf(error.cause ?? error.message);
}

/** A sentence for what sharp says about a picture. */
export function describeStillError(error: unknown, file: string, what: string): string {
  const words = error instanceof Error ? error.message : String(error);
  if (words.startsWith('timeout:')) return `${what} could not be read in time.`;
  if (isUnknownKind(error)) return cannotBeRead(what, null, error, file).message;
  return `${what} is damaged or not what its name says: ${tidy(words, file)}`;
}

function describeFailure(failure: ToolFailure, file: string, what: string, host: string): string {
  switch (failure.reason) {
    case 'missing':
      return missingTool(failure.tool, host);
    case 'timeout':
      return `${what} could not be read in time: ${failure.tool} was ended.`;
    case 'signal':
      return `${failure.tool} crashed on ${what.replace(/^The/, 'the')} (${failure.lastWords.split('\n')[0]}).`;
    case 'memory':
      return needsMoreMemory(what, Number(failure.lastWords));
    case 'output':
      return `${what} made ${failure.tool} say more than it may: it was ended.`;
    case 'exit':
      if (NOT_SELF_CONTAINED.test(failure.lastWords)) {
        return `${what} is a list of other files, or of a kind that is not read.`;
      }
      if (isUnknownKind(failure)) return cannotBeRead(what, null, failure, file).message;
      return `${what} is damaged or not what its name says: ${tidy(failure.lastWords, file)}`;
  }
}

/** A sentence for a picture that is refused for its size. @param limit bytes. */
export function needsMoreMemory(what: string, limit: number): string {
  const size = `${Math.round(limit / 1e8) / 10} GB`;
  return `${what} needs more memory than ${size}, the most that one picture or movie may take here (IHUB_TOOL_MEMORY_GB).`;
}

export function missingTool(tool: string, host: string): string {
  const name = tool === 'ffprobe' ? 'ffmpeg' : tool;
  const packageName = name === 'oiiotool' ? 'openimageio-tools' : name;
  return `${name} is not installed on ${host}: install it (apt-get install ${packageName}), then ingest the package again.`;
}

/** What ffmpeg, alone on this host, makes of film stills. */
export function beyondFfmpeg(error: unknown, what: string, host: string): unknown {
  if (!(error instanceof ToolFailure) || error.reason !== 'exit') return error;
  return new MediaProblem(
    `${what} is beyond ffmpeg, but maybe not beyond oiiotool: install it on ${host} (apt-get install openimageio-tools), then ingest the package again.`,
    { cause: error },
  );
}

function describeFileError(error: unknown, what: string): string | null {
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'EACCES':
    case 'EPERM':
      return `${what} cannot be read: permission denied.`;
    case 'ENOENT':
    case 'ENXIO':
      return `${what} is no longer there.`;
    case 'EISDIR':
      return `${what} is a folder.`;
    case 'EIO':
      return `${what} cannot be read: the disk or the network drive reports an error.`;
    default:
      return null;
  }
}

/**
 * A program's last words as a sentence or two: the first thing that it complained about, without
 * paths, addresses and its own name.
 *
 * @param file the path that it was given; or it was given a link as `linkNumbered` names them.
 */
export function tidy(words: string, file: string): string {
  const lines = words
    .replaceAll(file, FILE)
    .replaceAll(path.basename(file), FILE)
    .replaceAll(/\d{6}\.\w+/g, FILE)
    .split('\n')
    .map((line) => {
      let text = line.replaceAll(/\p{Cc}/gu, '?');
      for (const noise of NOISE) text = text.replaceAll(noise, '');
      return text
        .replaceAll(/\s+/g, ' ')
        .replace(/[\s:]+(?=\.?$)/, '')
        .trim();
    })
    // What ffprobe wrote before it gave up is `{`.
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  let reason = '';
  for (const sentence of (lines[0] ?? 'the program that reads it gave no reason').split(/(?<=\.) /)) {
    if (reason !== '' && reason.length + sentence.length > MAX_LENGTH) break;
    reason = `${reason} ${sentence}`.trim().slice(0, MAX_LENGTH);
  }
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

/** Stands for the file's name, until it is taken out. */
const FILE = '\u{F8FF}';
/** What ffmpeg, oiiotool and libvips say around what they mean. */
const NOISE = [
  /^(?:\[[^\]]*\]\s*)+/g,
  /^oiiotool ERROR:\s*(?:-*\w+\s*:\s*)?/g,
  /^Failed \w+ read:\s*/g,
  /^Input (?:buffer|file) has corrupt header:\s*/g,
  /^Vips\w*:\s*/g,
  /(?: (?:from|in|of)(?: image)? file)? ?"?(?:file:)?\u{F8FF}"?:?/gu,
];
