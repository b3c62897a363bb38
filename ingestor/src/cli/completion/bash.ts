import { type CommandWords, quoted } from './completion-words.ts';

export function bashCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# bash completion of ihub
_ihub() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${quoted(`${names} --help --version`)} -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(caseOf).join('\n')}
  esac
}
complete -F _ihub ihub
`;
}

function caseOf({ name, choices, takesFolder, options }: CommandWords): string {
  const valued = options.filter(({ takesValue }) => takesValue);
  const values = valued.map(({ flag, choices: words }) =>
    words.length === 0
      ? `        ${flag}) return ;;`
      : `        ${flag}) COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$current")); return ;;`,
  );
  const flags = options.map(({ flag }) => flag).join(' ');
  const argument =
    choices.length > 0
      ? `        COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$current"))`
      : takesFolder
        ? // Split at line breaks only, so that names with spaces stay whole.
          `        compopt -o filenames 2>/dev/null\n        local IFS=$'\\n'\n        COMPREPLY=($(compgen -d -- "$current"))`
        : '        :';
  return [
    `    ${name})`,
    ...(values.length === 0 ? [] : ['      case "$previous" in', ...values, '      esac']),
    '      if [[ $current == -* ]]; then',
    `        COMPREPLY=($(compgen -W ${quoted(flags)} -- "$current"))`,
    '      else',
    argument,
    '      fi',
    '      ;;',
  ].join('\n');
}
