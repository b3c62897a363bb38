/** Parses the command line by the table of commands: the command, its argument, and its options as typed. */
import { parseArgs } from 'node:util';
import { closest } from './closest.ts';
import { type CommandSpec, usageOfArgument } from './command-spec.ts';
import { COMMANDS, type CommandName, GLOBAL_OPTIONS, isCommand } from './commands.ts';
import { UsageError } from './usage-error.ts';

export type GivenOptions = Readonly<Record<string, string | boolean | undefined>>;

export type Invocation =
  | { readonly command: 'help'; readonly about: CommandName | null }
  | { readonly command: 'version' }
  | { readonly command: CommandName; readonly argument: string | null; readonly options: GivenOptions };

/** @throws UsageError */
export function parseArguments(argv: readonly string[]): Invocation {
  const [word, ...rest] = withoutOutputFormat(argv);
  const wantsHelp = (args: readonly string[]) => args.includes('--help') || args.includes('-h');
  if (word === undefined) throw new UsageError('a command is missing; ihub --help lists them.');
  if (word === '--version') return { command: 'version' };
  if (word === 'help' || word === '--help' || word === '-h') {
    const [about] = rest;
    return { command: 'help', about: about !== undefined && isCommand(about) ? about : null };
  }
  if (!isCommand(word)) {
    if (wantsHelp(rest)) return { command: 'help', about: null };
    throw new UsageError(`unknown command ${word}; ${guess(word, Object.keys(COMMANDS), 'ihub --help lists them')}.`);
  }
  if (wantsHelp(rest)) return { command: 'help', about: word };
  const { positionals, values } = readWords(word, rest);
  return { command: word, argument: argumentOf(word, positionals), options: values };
}

/** Removes the output flags: `--json` may stand anywhere, and commands do not know the output format. */
function withoutOutputFormat(argv: readonly string[]): string[] {
  return argv.filter((arg) => !OUTPUT_FLAGS.has(arg));
}
const OUTPUT_FLAGS = new Set(['--json', '--json=lines', '--json-lines']);

/** Returns the requested output format, even for a command line that does not parse. */
export function outputFormat(argv: readonly string[]): 'text' | 'json' | 'json-lines' {
  if (argv.includes('--json=lines') || argv.includes('--json-lines')) return 'json-lines';
  return argv.includes('--json') ? 'json' : 'text';
}

function readWords(command: CommandName, args: readonly string[]) {
  const specs: CommandSpec['options'] = COMMANDS[command].options;
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { value }]) => [name, { type: value === null ? 'boolean' : 'string' } as const]),
  );
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    for (const [name, { choices }] of Object.entries(specs)) {
      const value = values[name];
      if (choices !== undefined && value !== undefined && !choices.includes(String(value))) {
        throw new UsageError(`--${name} is not valid: use ${choices.join(' or ')}.`);
      }
    }
    return { positionals, values: values as GivenOptions };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Keep the first sentence of Node's message; the rest is about quoting.
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/, 1);
    const typed = /^Unknown option '--([^']+)'/.exec(sentence)?.[1];
    const names = [...Object.keys(specs), ...Object.keys(GLOBAL_OPTIONS)];
    const help = `ihub ${command} --help lists the options`;
    const advice = typed === undefined ? help : guess(typed, names, help, '--');
    throw new UsageError(`${sentence.replace(/\.$/, '')}; ${advice}.`, { cause: error });
  }
}

function guess(typed: string, words: readonly string[], otherwise: string, prefix = ''): string {
  const meant = closest(typed, words);
  return meant === null ? otherwise : `did you mean ${prefix}${meant}?${' '}${otherwise}`;
}

function argumentOf(command: CommandName, positionals: readonly string[]): string | null {
  const spec: CommandSpec['argument'] = COMMANDS[command].argument;
  const [value, ...more] = positionals;
  if (spec === null) {
    if (value !== undefined) throw new UsageError(`${command} takes no argument.`);
    return null;
  }
  if (value === undefined && more.length === 0 && !spec.required) return null;
  if (value === undefined || value === '' || more.length > 0) {
    throw new UsageError(`usage: ihub ${command} ${usageOfArgument(spec)}${more.length > 0 ? ' (only one)' : ''}`);
  }
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const last = spec.choices.at(-1);
    const meant = closest(value, spec.choices);
    throw new UsageError(
      `${command} takes ${spec.choices.slice(0, -1).join(', ')} or ${last}${meant === null ? '' : `; did you mean ${meant}?`}`,
    );
  }
  return value;
}
