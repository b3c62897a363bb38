/** `ihub completion`. */

import { completionScript, type Shell } from '../completion/completion-script.ts';
import type { Command } from '../context/command-context.ts';

export const completionCommand: Command = async ({ argument }) => {
  // The table of commands allows no other word.
  process.stdout.write(completionScript(argument as Shell));
};
