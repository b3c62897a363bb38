import { COMMANDS } from '../spec/commands.ts';
import { bashCompletion } from './bash.ts';
import { completionWords } from './completion-words.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const writers = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
export type Shell = keyof typeof writers;

/** Returns a script that teaches a shell the commands of `ihub`, their options and the values of those. */
export function completionScript(shell: Shell): string {
  return writers[shell](completionWords(COMMANDS));
}
