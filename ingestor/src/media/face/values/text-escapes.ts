/** Resolves backslash escapes in Python literals and in JSON, which hardly differ. */
import { damaged } from './face-problem.ts';

const SINGLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  '/': '/',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};
const ESCAPE = /\\(?:x([\da-fA-F]{2})|([0-7]{1,3})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs;
const BYTE_ESCAPE = /\\(?:x([\da-fA-F]{2})|([0-7]{1,3})|(.))/gs;

/** @throws FaceProblem for a named character (\N{…}) and for a truncated code. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    ESCAPE,
    (_, hex?: string, octal?: string, short?: string, long?: string, single?: string): string => {
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      const code = hex ?? short ?? long;
      if (code === undefined) return escaped(single, 'xuUN');
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff) throw damaged('a text has a character that does not exist');
      return String.fromCodePoint(point);
    },
  );
}

/** Resolves the escapes of bytes, one character for each byte. */
export function unescapeBytes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(BYTE_ESCAPE, (_, hex?: string, octal?: string, single?: string): string => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8) & 0xff);
    return escaped(single, 'x');
  });
}

/** Returns a known escape's character; a backslash before any other character is literal. */
function escaped(single: string | undefined, codes: string): string {
  if (single === undefined || codes.includes(single)) throw damaged('a text has an invalid escape');
  return Object.hasOwn(SINGLE, single) ? (SINGLE[single] ?? '') : `\\${single}`;
}
