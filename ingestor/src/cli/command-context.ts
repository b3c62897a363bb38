import type { GivenOptions } from './arguments.ts';
import type { Output } from './output.ts';

/** What every command works with. */
export interface CommandContext {
  readonly output: Output;
  readonly signal: AbortSignal;
  /** For a command that did its job and found something bad: exit status 1. */
  readonly setFailed: () => void;
}

/** What was typed after the command's name. */
interface Given {
  readonly argument: string | null;
  readonly options: GivenOptions;
}

/** @throws UsageError, CommandError, FolderError, DatabaseUnreachable, EnvironmentError: each is one sentence for people. */
export type Command = (given: Given, context: CommandContext) => Promise<void>;
