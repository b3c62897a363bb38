/** `ihub --help` and `ihub <command> --help`, from the table of commands. */
import { type CommandSpec, type OptionSpec, usageOf } from './command-spec.ts';
import { COMMANDS, type CommandName, GLOBAL_OPTIONS } from './commands.ts';

const RUN = 'npm run -s ihub --';

export function helpText(about: CommandName | null): string {
  return `${(about === null ? overview() : helpOf(about)).join('\n')}\n`;
}

function overview(): string[] {
  return [
    "ihub: the ingestor's command line",
    '',
    'Usage: ihub <command> [options]',
    '',
    'Commands',
    ...columns(
      Object.entries<CommandSpec>(COMMANDS).map(([name, spec]) => [`${name} ${usageOf(spec)}`.trimEnd(), spec.about]),
    ),
    '',
    'Options of every command',
    ...columns([...optionRows(GLOBAL_OPTIONS), ['--version', 'the version']]),
    '',
    'Examples',
    `  ${RUN} ${COMMANDS.scan.examples[0]}`,
    `  ${RUN} ${COMMANDS.ingest.examples[0]}`,
    `  ${RUN} ${COMMANDS.list.examples[0]} --json`,
    '',
    'Exit status: 0 done, 1 failed, 2 bad usage, 130 interrupted (the ingest itself continues)',
  ];
}

function helpOf(name: CommandName): string[] {
  const spec: CommandSpec = COMMANDS[name];
  const { about, options, notes = [], examples } = spec;
  const rows = optionRows(options);
  return [
    `ihub ${name}: ${about}`,
    '',
    `Usage: ihub ${[name, usageOf(spec), '[options]'].filter((word) => word !== '').join(' ')}`,
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
    'Options',
    ...columns([...rows, ...optionRows(GLOBAL_OPTIONS)]),
    '',
    'Examples',
    ...examples.map((example) => `  ${RUN} ${example}`),
  ];
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): [string, string][] {
  return Object.entries(options).map(([name, { value, choices, about }]) => {
    const shown = choices?.join('|') ?? value;
    return [shown === null ? `--${name}` : `--${name} ${shown}`, about];
  });
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
