import { type CommandWords, type OptionWords, quoted } from './completion-words.ts';

export function zshCompletion(commands: readonly CommandWords[]): string {
  return `#compdef ihub
# zsh completion of ihub
_ihub() {
  local -a commands
  commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about.replaceAll(':', String.raw`\:`)}`)}`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(caseOf).join('\n')}
  esac
}
if [[ $funcstack[1] == _ihub ]]; then _ihub "$@"; else compdef _ihub ihub; fi
`;
}

function caseOf({ name, choices, takesFolder, options }: CommandWords): string {
  const argument = choices.length > 0 ? `1: :(${choices.join(' ')})` : takesFolder ? '1: :_files -/' : null;
  const specs = [...options.map(optionSpec), ...(argument === null ? [] : [argument])];
  return `    ${name}) _arguments ${specs.map(quoted).join(' ')} ;;`;
}

function optionSpec({ flag, about, takesValue, choices }: OptionWords): string {
  const text = `${flag}[${about.replace(/[[\]:]/g, (sign) => `\\${sign}`)}]`;
  if (!takesValue) return text;
  return choices.length === 0 ? `${text}:value:` : `${text}:value:(${choices.join(' ')})`;
}
