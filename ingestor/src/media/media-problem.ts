/** Why a file gives no facts or no preview, in words for people: what `assets.problem` holds. */
import path from 'node:path';
import { ToolFailure } from './run-tool.ts';

/** The message is one sentence for people; it is stored on the asset, and the job is done with it. */
export class MediaProblem extends Error {
  override readonly name = 'MediaProblem';
}

const MAX_LENGTH = 300;

/**
 * The problem that an error means for a file, or the error itself when the file is not to blame.
 *
 * @param file the asset's path, as the program was given it.
 * @param what how to call it: 'The EXR file', 'The video'.
 */
export function problemOf(error: unknown, file: string, what: string, host: string): MediaProblem | unknown {
  if (error instanceof MediaProblem) return error;
  if (error instanceof ToolFailure) return new MediaProblem(describeFailure(error, file, what, host), { cause: error });
  const sentence = describeFileError(error, what);
  return sentence === null ? error : new MediaProblem(sentence, { cause: error });
}

/** A sentence for what sharp says about a picture. */
export function describeStillError(error: unknown, what: string): string {
  return `${what} is damaged or not what its name says: ${tidy(error instanceof Error ? error.message : String(error), '')}`;
}

function describeFailure(failure: ToolFailure, file: string, what: string, host: string): string {
  switch (failure.reason) {
    case 'missing':
      return missingTool(failure.tool, host);
    case 'timeout':
      return `${what} could not be read in time: ${failure.tool} was ended.`;
    case 'output':
      return `${what} made ${failure.tool} say more than it may: it was ended.`;
    case 'exit':
      return `${what} is damaged or not what its name says: ${tidy(failure.lastWords, file)}`;
  }
}

export function missingTool(tool: string, host: string): string {
  const name = tool === 'ffprobe' ? 'ffmpeg' : tool;
  const packageName = name === 'oiiotool' ? 'openimageio-tools' : name;
  return `${name} is not installed on ${host}: install it (apt-get install ${packageName}), then ingest the package again.`;
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

/** A program's last words as one sentence: the first thing it complained about, without paths, addresses and codes. */
export function tidy(words: string, file: string): string {
  const [line = ''] = words
    .replaceAll(`file:${file}`, '')
    .replaceAll(file, '')
    .replaceAll(path.basename(file), '')
    .split('\n')
    .map((text) =>
      text
        .replace(/^(?:\[[^\]]*\]\s*)+/, '')
        .replace(/^oiiotool ERROR:\s*(?:-?\w+\s*:\s*)?/, '')
        .replace(/(?:from )?(?:image )?file ""|^"":\s*/g, 'file')
        .replace(/^file\s*(?=\S)/, '')
        .replace(/^[:\s"]+/, '')
        .replace(/\/\S*\//g, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((text) => text !== '');
  const sentence = (line || 'the program that reads it gave no reason').slice(0, MAX_LENGTH);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
