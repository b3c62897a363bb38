/** `ihub completion`. */
import type { Command } from './command-context.ts';
import { completionScript, type Shell } from './completion/completion-script.ts';

export const completionCommand: Command = async ({ argument }) => {
  // The table of commands allows no other word.
  process.stdout.write(completionScript(argument as Shell));
};
