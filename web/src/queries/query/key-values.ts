/** The values of query terms: ranges, sizes, durations, dates and regions of poses, as people write them. */
import type { Condition, NumberColumn } from '../../replica/model/mirror-questions.ts';
import type { Term } from './parse-query.ts';

/** Bounds in degrees. The upper ones lie outside, like those of the pose matrix's bins. */
export interface PoseRegion {
  readonly yaw: readonly [from: number, to: number];
  readonly pitch: readonly [from: number, to: number];
}

/** Says in a sentence why a value cannot be used. */
export class QueryValueError extends Error {
  override readonly name = 'QueryValueError';
}

const MINUTE = 60;

/** Reads `5`, `1..5` with both ends, and what follows an operator. @throws QueryValueError */
export function rangeOf(
  column: NumberColumn,
  operator: Term['operator'],
  value: string,
  read: (text: string) => number,
): Condition {
  const range = (from: number | null, to: number | null, below = false): Condition =>
    below ? { kind: 'range', column, from, to, below } : { kind: 'range', column, from, to };
  if (operator === '>=') return range(read(value), null);
  if (operator === '<=') return range(null, read(value));
  if (operator === '<') return range(null, read(value), true);
  if (operator === '>')
    return all([
      { kind: 'known', column },
      { kind: 'not', of: range(null, read(value)) },
    ]);
  if (!value.includes('..')) return range(read(value), read(value));
  const [from = '', to = '', more] = value.split('..');
  if (more !== undefined || (from === '' && to === ''))
    throw new QueryValueError('Write a range with two dots, such as 10..20, 10.. or ..20.');
  const [least, most] = [from === '' ? null : read(from), to === '' ? null : read(to)];
  if (least !== null && most !== null && least > most)
    throw new QueryValueError(`The range is turned round: write ${to}..${from}.`);
  return range(least, most);
}

/** @throws QueryValueError */
export function dateCondition({ operator, value }: Term): Condition {
  const usable = (text: string): readonly [number, number] => {
    const period = readPeriod(text);
    if (period === null) throw new QueryValueError(`“${text}” is no date. Write it as 2026-11-30, 2026-11 or 2026.`);
    return period;
  };
  const range = (from: number | null, to: number | null): Condition => ({
    kind: 'range',
    column: 'modified_at',
    from,
    to,
    below: true,
  });
  if (operator === '>=') return range(usable(value)[0], null);
  if (operator === '>') return range(usable(value)[1], null);
  if (operator === '<') return range(null, usable(value)[0]);
  if (operator === '<=') return range(null, usable(value)[1]);
  const [from = '', to = from] = value.split('..');
  if (from === '' && to === '') throw new QueryValueError('Write a date as 2026-11-30, 2026-11 or 2026.');
  const [least, most] = [from === '' ? null : usable(from)[0], to === '' ? null : usable(to)[1]];
  if (least !== null && most !== null && least > most)
    throw new QueryValueError(`The range is turned round: write ${to}..${from}.`);
  return range(least, most);
}

/** Returns the beginning of a day, month or year in this device's time zone, and that of the next, in milliseconds. */
function readPeriod(text: string): readonly [number, number] | null {
  const [, year = '', month, day] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(text) ?? [];
  if (year === '') return null;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const from = new Date(y, m, d);
  if (from.getFullYear() !== y || from.getMonth() !== m || from.getDate() !== d) return null;
  const to = day ? new Date(y, m, d + 1) : month ? new Date(y, m + 1, 1) : new Date(y + 1, 0, 1);
  return [from.getTime(), to.getTime()];
}

export function readNumber(text: string): number | null {
  return /^[-+−]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text.replace('−', '-')) : null;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** Reads bytes, or a number with a decimal unit as the app shows it. */
export function readSize(text: string): number | null {
  const [, digits = '', unit = ''] = /^([\d.]+)\s*([kmgt]?b?)$/i.exec(text) ?? [];
  const value = digits === '' ? null : readNumber(digits);
  const short = unit.toLowerCase();
  return value === null
    ? null
    : value * (UNITS[short.length === 1 && short !== 'b' ? `${short}b` : short] ?? Number.NaN);
}

/** Reads seconds, or minutes and seconds, or hours too: `90`, `90s`, `2m`, `1:30`, `1:00:00`. */
export function readDuration(text: string): number | null {
  const [, plain, unit = 's'] = /^([\d.]+)(s|m|h)?$/i.exec(text) ?? [];
  if (plain !== undefined) {
    const value = readNumber(plain);
    return value === null ? null : value * ({ s: 1, m: MINUTE, h: MINUTE * MINUTE }[unit.toLowerCase()] ?? 1);
  }
  if (!/^\d+(:\d\d?){1,2}(\.\d+)?$/.test(text)) return null;
  return text.split(':').reduce((sum, part) => sum * MINUTE + Number(part), 0);
}

/** Reads the value of a `pose:` term. @returns null when it is no region. */
export function readPose(value: string): PoseRegion | null {
  const [across, up, more] = value.split(',');
  const [yaw, pitch] = [boundsIn(across), boundsIn(up)];
  return yaw && pitch && more === undefined ? { yaw, pitch } : null;
}

function boundsIn(text = ''): readonly [number, number] | null {
  const [from = '', to = '', more] = text.split('..');
  const [least, most] = [readNumber(from), readNumber(to)];
  return more === undefined && least !== null && most !== null && least <= most ? [least, most] : null;
}

/** Returns the alternatives of a term. @throws QueryValueError */
export function valuesOf({ operator, values }: Term): string[] {
  const trimmed = values.map((part) => part.trim());
  if (operator !== ':') throw new QueryValueError('Write a colon here: this cannot be compared by size.');
  if (trimmed.some((part) => part === '')) throw new QueryValueError('Write a value after the colon.');
  return trimmed;
}

/** Ignores case, and that `_`, `-`, `.` and spaces differ. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_.-]+/g, ' ')
    .trim();
}

export function all(of: readonly Condition[]): Condition {
  return of.length === 1 ? (of[0] as Condition) : { kind: 'all', of };
}

export function any(of: readonly Condition[]): Condition {
  return of.length === 1 ? (of[0] as Condition) : { kind: 'any', of };
}
