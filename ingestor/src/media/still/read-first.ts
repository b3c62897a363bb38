/**
 * Tries several readers of one picture in turn: when one does not know its kind, or finds it damaged, the next may
 * succeed.
 */
import { HOST_WORDS, MediaProblem } from '../tools/media-problem.ts';
import { ToolFailure } from '../tools/run-tool.ts';
import type { StillReader } from './still-reader.ts';

export type OpenReader = () => Promise<StillReader>;

export interface ReadFirstOptions {
  /** Returns true when the next reader is tried after this error; other errors are thrown at once. */
  readonly goesOn: (error: unknown) => boolean;
  /** Chooses the error to throw when every reader has failed, from their errors in order. */
  readonly verdict: (errors: readonly unknown[]) => unknown;
}

/**
 * Opens the picture with the first reader that can. The facts come from that reader; the pixels may come from a later
 * one, because some readers know a kind by its header and cannot decode it.
 *
 * @throws the verdict, or an error after which no other reader is tried.
 */
export function readFirst(readers: readonly OpenReader[], options: ReadFirstOptions): Promise<StillReader> {
  return openFrom(readers, options, []);
}

async function openFrom(
  [open, ...others]: readonly OpenReader[],
  options: ReadFirstOptions,
  errors: readonly unknown[],
): Promise<StillReader> {
  if (open === undefined) throw options.verdict(errors);
  const next = (error: unknown): Promise<StillReader> => {
    if (!options.goesOn(error)) throw error;
    return openFrom(others, options, [...errors, error]);
  };
  try {
    const reader = await open();
    const render: StillReader['render'] = async () => {
      try {
        return await reader.render();
      } catch (error) {
        return (await next(error)).render();
      }
    };
    return { ...reader, render };
  } catch (error) {
    return next(error);
  }
}

/** Returns true when an error concerns the file as one reader sees it, and not the host. */
export function isOneReadersView(error: unknown): boolean {
  if (error instanceof MediaProblem) return !error.final;
  return error instanceof ToolFailure && error.reason === 'exit' && !HOST_WORDS.test(error.lastWords);
}
