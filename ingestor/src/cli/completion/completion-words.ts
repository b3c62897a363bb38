/** The words that a shell can complete for one command, taken from the table of commands. */
import type { CommandSpec, OptionSpec } from '../spec/command-spec.ts';
import { GLOBAL_OPTIONS } from '../spec/commands.ts';

export interface CommandWords {
  readonly name: string;
  readonly about: string;
  /** Values of its argument; empty: anything. */
  readonly choices: readonly string[];
  readonly takesFolder: boolean;
  readonly options: readonly OptionWords[];
}

export interface OptionWords {
  /** With its leading dashes. */
  readonly flag: string;
  readonly about: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

export function completionWords(commands: Readonly<Record<string, CommandSpec>>): CommandWords[] {
  return Object.entries(commands).map(([name, { about, argument, options }]) => ({
    name,
    about,
    choices: argument?.choices ?? [],
    takesFolder: argument?.completes === 'folder',
    options: Object.entries({ ...options, ...GLOBAL_OPTIONS } as Record<string, OptionSpec>).map(([option, spec]) => ({
      flag: `--${option}`,
      about: spec.about,
      takesValue: spec.value !== null,
      choices: spec.choices ?? [],
    })),
  }));
}

/** Quotes text for a POSIX shell, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
