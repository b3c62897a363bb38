import type { GivenOptions } from '../spec/arguments.ts';
import type { Output } from '../terminal/output.ts';

/** Everything that every command works with. */
export interface CommandContext {
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Ends with exit status 1, for a command that did its job and found a problem. */
  readonly setFailed: () => void;
}

/** The words typed after the command's name. */
interface Given {
  readonly argument: string | null;
  readonly options: GivenOptions;
}

/** @throws UsageError, CommandError, FolderError, DatabaseUnreachable, EnvironmentError, each a sentence for people. */
export type Command = (given: Given, context: CommandContext) => Promise<void>;
