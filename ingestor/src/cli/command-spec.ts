/** What one command of `ihub` takes. Parsing, help and completion all read it, so they cannot disagree. */

export interface OptionSpec {
  /** What its value is called in help: `NAME`; null: a switch. */
  readonly value: string | null;
  readonly about: string;
  /** The command makes no sense without it. */
  readonly required?: true;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** For shells: what its value is a name of. */
  readonly completes?: 'folder';
}

export interface ArgumentSpec {
  /** `PATH`, or the words to choose from: `projects|subjects`. */
  readonly name: string;
  readonly required: boolean;
  readonly choices?: readonly string[];
  readonly completes?: 'folder';
}

export interface CommandSpec {
  /** One line of `ihub --help`. */
  readonly about: string;
  /** At most one: what the command is about. */
  readonly argument: ArgumentSpec | null;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Further lines of `ihub <command> --help`. */
  readonly notes?: readonly string[];
  /** What follows `ihub`. */
  readonly examples: readonly string[];
}

/** What follows the command's name at least: `PATH --project NAME`. */
export function usageOf({ argument, options }: CommandSpec): string {
  const required = Object.entries(options).filter(([, option]) => option.required);
  const words = [usageOfArgument(argument), ...required.map(([name, { value }]) => `--${name} ${value ?? ''}`)];
  return words.filter((word) => word !== '').join(' ');
}

/** `PATH`, `[PACKAGE]`, or nothing. */
export function usageOfArgument(argument: ArgumentSpec | null): string {
  if (argument === null) return '';
  return argument.required ? argument.name : `[${argument.name}]`;
}
