/** The parameters of one command of `ihub`. Parsing, help and completion all read them, so they cannot disagree. */

export interface OptionSpec {
  /** The value's name in help, such as `NAME`; null for a switch. */
  readonly value: string | null;
  readonly about: string;
  /** The command cannot run without it. */
  readonly required?: true;
  /** The only valid values. */
  readonly choices?: readonly string[];
  /** The kind of name that shells complete the value with. */
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
  /** The command's line in `ihub --help`. */
  readonly about: string;
  /** A command takes at most one argument. */
  readonly argument: ArgumentSpec | null;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Further lines for `ihub <command> --help`. */
  readonly notes?: readonly string[];
  /** The words after `ihub`. */
  readonly examples: readonly string[];
}

/** Returns the least that must follow the command's name: `PATH --project NAME`. */
export function usageOf({ argument, options }: CommandSpec): string {
  const required = Object.entries(options).filter(([, option]) => option.required);
  const words = [usageOfArgument(argument), ...required.map(([name, { value }]) => `--${name} ${value ?? ''}`)];
  return words.filter((word) => word !== '').join(' ');
}

/** Returns `PATH`, `[PACKAGE]`, or an empty string. */
export function usageOfArgument(argument: ArgumentSpec | null): string {
  if (argument === null) return '';
  return argument.required ? argument.name : `[${argument.name}]`;
}
