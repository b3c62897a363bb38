/** Quotes a path so that a shell reads it as one word, whatever its characters. */
import { BYTE_CHARACTERS, FIRST_BYTE_CHARACTER } from '@ingesthub/schema/paths/stored-path.ts';

/** Characters that no shell gives a meaning. */
const PLAIN = /^[\w@%+=:,./-]+$/;
/** Pasted into a terminal, a control character acts as a key press. */
const CONTROL = /[\p{Cc}]/u;
const ESCAPED = /[\p{Cc}\uef80-\uefff]/gu;
const WINDOWS = /^(?:[A-Za-z]:)?\\/;

/**
 * Returns the path as one word for bash, zsh and ksh; a Windows path in double quotes, as cmd and PowerShell take it.
 *
 * @param path as rows store it: characters that stand for bytes become those bytes.
 */
export function shellWord(path: string): string {
  if (WINDOWS.test(path)) return `"${path}"`;
  if (PLAIN.test(path)) return path;
  if (!CONTROL.test(path) && !BYTE_CHARACTERS.test(path)) return `'${path.replaceAll("'", String.raw`'\''`)}'`;
  const quoted = path
    .replaceAll(/[\\']/g, String.raw`\$&`)
    // The pair of quotes ends the escape, in case a hexadecimal digit follows.
    .replaceAll(ESCAPED, (character) => `${bytesOf(character).map(escapeByte).join('')}'$'`);
  return `$'${quoted}'`;
}

function bytesOf(character: string): number[] {
  if (BYTE_CHARACTERS.test(character)) return [character.charCodeAt(0) - FIRST_BYTE_CHARACTER];
  return [...new TextEncoder().encode(character)];
}

function escapeByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
