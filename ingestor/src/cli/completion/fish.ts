import type { CommandWords, OptionWords } from './completion-words.ts';

export function fishCompletion(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, about, choices, takesFolder, options }) => {
    const inCommand = `complete -c ihub -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c ihub -n __fish_use_subcommand -a ${name} -d ${fishQuoted(about)}`,
      ...(choices.length === 0 ? [] : [`${inCommand} -a ${fishQuoted(choices.join(' '))}`]),
      ...(takesFolder ? [`${inCommand} -a '(__fish_complete_directories)'`] : []),
      ...options.map((option) => `${inCommand} ${optionPart(option)}`),
    ];
  });
  return ['# fish completion of ihub', 'complete -c ihub -f', ...lines, ''].join('\n');
}

function optionPart({ flag, about, takesValue, choices }: OptionWords): string {
  const parts = [`-l ${flag.slice(2)}`, `-d ${fishQuoted(about)}`];
  if (takesValue) parts.push('-x');
  if (choices.length > 0) parts.push(`-a ${fishQuoted(choices.join(' '))}`);
  return parts.join(' ');
}

function fishQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
}
