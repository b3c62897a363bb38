/** What a backslash means in the texts of Python literals and of JSON, which hardly differ. */
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

/** @throws FaceProblem for a named character (\N{…}), and where a code is cut short. */
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

/** Bytes, one character for each. */
export function unescapeBytes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(BYTE_ESCAPE, (_, hex?: string, octal?: string, single?: string): string => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8) & 0xff);
    return escaped(single, 'x');
  });
}

/** A backslash before anything else is itself. */
function escaped(single: string | undefined, codes: string): string {
  if (single === undefined || codes.includes(single)) throw damaged('a text has an escape that is none');
  return Object.hasOwn(SINGLE, single) ? (SINGLE[single] ?? '') : `\\${single}`;
}
