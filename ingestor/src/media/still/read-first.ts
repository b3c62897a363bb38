/** Several readers of one picture, asked in turn: where one does not know its kind, or finds it damaged, the next one may. */
import { HOST_WORDS, MediaProblem } from '../tools/media-problem.ts';
import { ToolFailure } from '../tools/run-tool.ts';
import type { StillReader } from './still-reader.ts';

export type OpenReader = () => Promise<StillReader>;

export interface ReadFirstOptions {
  /** Whether the next reader is asked after this error; others are thrown at once. */
  readonly goesOn: (error: unknown) => boolean;
  /** The error that stands for all of them when every reader has failed, the first one's first. */
  readonly verdict: (errors: readonly unknown[]) => unknown;
}

/**
 * Opens the picture with the first reader that can. Its facts are those of the reader that opened it; pixels may come
 * from a later one, for some know a kind by its header and cannot decode it.
 *
 * @throws the verdict, or an error after which no other is asked.
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

/** Whether an error speaks of the file as one reader sees it, and not of the host. */
export function isOneReadersView(error: unknown): boolean {
  if (error instanceof MediaProblem) return !error.final;
  return error instanceof ToolFailure && error.reason === 'exit' && !HOST_WORDS.test(error.lastWords);
}
