/** Words the reason why a file has no facts or no preview, for people: the content of `assets.problem`. */
import path from 'node:path';
import { ToolFailure } from './run-tool.ts';
import { NOT_SELF_CONTAINED } from './video-input.ts';

/**
 * A final verdict on a file: the message is one sentence for people, it is stored on the asset, and the job is
 * complete.
 */
export class MediaProblem extends Error {
  override readonly name = 'MediaProblem';
  /** True when no other reader can do better, so none is tried. */
  readonly final: boolean;

  constructor(message: string, { final = false, ...options }: ErrorOptions & { readonly final?: boolean } = {}) {
    super(message, options);
    this.final = final;
  }
}

/**
 * A program crashed or hung while it read the file, either because of the file or by chance (memory ran out, the drive
 * was slow). The job is retried a few times; then the message becomes the asset's problem.
 */
export class MediaCrash extends Error {
  override readonly name = 'MediaCrash';
}

const MAX_LENGTH = 160;

/** The C library's messages for a full or read-only disk, in the plain locale that programs run in. */
export const SPACE_WORDS = /No space left on device|Disk quota exceeded|Read-only file system/;
/** The C library's messages for other faults of the host. */
export const HOST_WORDS = new RegExp(
  `${SPACE_WORDS.source}|Stale file handle|Too many open files|Cannot allocate memory`,
);

/**
 * Converts an error to the file's problem, or returns the error itself when the file is not to blame.
 *
 * @param file the asset's path, as passed to the program.
 * @param what names the file in a sentence: 'The EXR file', 'The video'.
 */
export function problemOf(
  error: unknown,
  file: string,
  what: string,
  host: string,
): MediaProblem | MediaCrash | unknown {
  if (error instanceof MediaProblem || error instanceof MediaCrash) return error;
  if (error instanceof ToolFailure) {
    // Programs report these faults only in words.
    if (error.reason === 'exit') {
      // A file's name may contain the same words.
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

/** Messages of readers that do not know a file's kind; the file itself may be flawless. */
const UNKNOWN_KIND =
  /not (?:yet )?(?:supported|implemented|configured)|unsupported (?!image format)|no support for|can ?not handle|unknown bitfields|no known route|vector must have/i;

/** Returns true when a reader gave up on a file because of its kind. Programs report this only in words. */
export function isUnknownKind(error: unknown): boolean {
  if (error instanceof ToolFailure) return error.reason === 'exit' && UNKNOWN_KIND.test(error.lastWords);
  if (!(error instanceof Error)) return false;
  return UNKNOWN_KIND.test(error.message) || isUnknownKind(error.cause);
}

/**
 * Words the problem of a file whose kind no reader here knows. @param kind in a few words; null to use the error's
 * words.
 */
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

/** Words the problem that sharp reports for a picture. */
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
      return `${what} could not be read in time, so ${failure.tool} was stopped.`;
    case 'signal':
      return `${failure.tool} crashed on ${what.replace(/^The/, 'the')} (${failure.lastWords.split('\n')[0]}).`;
    case 'memory':
      return needsMoreMemory(what, Number(failure.lastWords));
    case 'output':
      return `${failure.tool} produced too much output for ${what.replace(/^The/, 'the')} and was stopped.`;
    case 'exit':
      if (NOT_SELF_CONTAINED.test(failure.lastWords)) {
        return `${what} is a list of other files, or of an unsupported kind.`;
      }
      if (isUnknownKind(failure)) return cannotBeRead(what, null, failure, file).message;
      return `${what} is damaged or not what its name says: ${tidy(failure.lastWords, file)}`;
  }
}

/** Words the problem of a picture that exceeds the memory limit. @param limit bytes. */
export function needsMoreMemory(what: string, limit: number): string {
  const size = `${Math.round(limit / 1e8) / 10} GB`;
  return `${what} needs more memory than ${size}, the limit for one picture or video on this host (IHUB_TOOL_MEMORY_GB).`;
}

export function missingTool(tool: string, host: string): string {
  const name = tool === 'ffprobe' ? 'ffmpeg' : tool;
  const packageName = name === 'oiiotool' ? 'openimageio-tools' : name;
  return `${name} is not installed on ${host}: install it (apt-get install ${packageName}), then ingest the package again.`;
}

/** Words the problem of a frame on a host that has only ffmpeg. */
export function beyondFfmpeg(error: unknown, what: string, host: string): unknown {
  if (!(error instanceof ToolFailure) || error.reason !== 'exit') return error;
  return new MediaProblem(
    `${what} cannot be read by ffmpeg, but perhaps by oiiotool: install it on ${host} (apt-get install openimageio-tools), then ingest the package again.`,
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
      return `${what} is no longer on disk.`;
    case 'EISDIR':
      return `${what} is a folder.`;
    case 'EIO':
      return `${what} cannot be read: the disk or the network drive reports an error.`;
    default:
      return null;
  }
}

/**
 * Condenses a program's last words to a sentence or two: its first complaint, without paths, addresses and its own
 * name.
 *
 * @param file the path that was passed to the program, or that was linked by `linkNumbered`.
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
    // ffprobe prints `{` before it fails.
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  let reason = '';
  for (const sentence of (lines[0] ?? 'the program that reads it gave no reason').split(/(?<=\.) /)) {
    if (reason !== '' && reason.length + sentence.length > MAX_LENGTH) break;
    reason = `${reason} ${sentence}`.trim().slice(0, MAX_LENGTH);
  }
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

/** Stands in for the file's name until that is removed. */
const FILE = '\u{F8FF}';
/** Words that ffmpeg, oiiotool and libvips put around their message. */
const NOISE = [
  /^(?:\[[^\]]*\]\s*)+/g,
  /^oiiotool ERROR:\s*(?:-*\w+\s*:\s*)?/g,
  /^Failed \w+ read:\s*/g,
  /^Input (?:buffer|file) has corrupt header:\s*/g,
  /^Vips\w*:\s*/g,
  /(?: (?:from|in|of)(?: image)? file)? ?"?(?:file:)?\u{F8FF}"?:?/gu,
];
