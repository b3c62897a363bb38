/** The keys of the query field: what each asks for, and how its value is written. */
import { ASSET_TYPES } from '@ingesthub/schema/library/package-kinds.ts';
import { fileType, reviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { Condition, Flag, NumberColumn } from '../../replica/model/mirror-questions.ts';
import type { Term } from './parse-query.ts';

/** The names that a query may use, which are those of the list's assets. */
export interface QueryNames {
  readonly subjects: readonly { readonly id: string; readonly name: string }[];
}

/** Bounds in degrees. The upper ones lie outside, like those of the pose matrix's bins. */
export interface PoseRegion {
  readonly yaw: readonly [from: number, to: number];
  readonly pitch: readonly [from: number, to: number];
}

/** Says in a sentence why a value cannot be used. */
export class QueryValueError extends Error {
  override readonly name = 'QueryValueError';
}

export interface QueryKey {
  /** Examples for the help, each a whole term. */
  readonly examples: readonly string[];
  /** A phrase for the help. */
  readonly means: string;
  /** The values that can be listed; absent: any. */
  readonly values?: readonly string[];
  /** @throws QueryValueError */
  condition(term: Term, names: QueryNames): Condition;
}

const MINUTE = 60;

/** In the order of the help. */
export const queryKeys: Readonly<Record<string, QueryKey>> = {
  tag: {
    examples: ['tag:hero', 'tag:hero,smile'],
    means: 'has the tag, or one of them',
    condition: (term) => any(valuesOf(term).map((tag) => ({ kind: 'tag', tag }))),
  },
  status: choice('review_status', reviewStatus.options, ['status:approved', '-status:rejected'], 'review status'),
  type: choice('file_type', fileType.options, ['type:video'], 'file type'),
  role: choice('asset_type', ASSET_TYPES, ['role:aligned'], 'asset type in the package'),
  subject: {
    examples: ['subject:ada', 'subject:none'],
    means: 'belongs to the subject; none: to no known one',
    condition(term, { subjects }) {
      const ids = valuesOf(term).flatMap((value): (string | null)[] => {
        if (fold(value) === 'none') return [null];
        const found = subjects.filter(({ name }) => fold(name) === fold(value)).map(({ id }) => id);
        if (found.length === 0) throw new QueryValueError(`No subject here is called “${value}”.`);
        return found;
      });
      return { kind: 'value', column: 'subject_id', values: ids };
    },
  },
  camera: {
    examples: ['camera:a_cam', 'camera:none'],
    means: 'is from the camera; none: from no known one',
    condition: (term) => ({
      kind: 'value',
      column: 'camera',
      values: valuesOf(term).map((value) => (fold(value) === 'none' ? null : value)),
    }),
  },
  name: {
    examples: ['name:"plate*"'],
    means: 'has this name; * stands for any characters',
    condition: (term) => any(valuesOf(term).map((pattern) => ({ kind: 'name', pattern }))),
  },
  ext: {
    examples: ['ext:exr'],
    means: 'has a name that ends so',
    condition: (term) =>
      any(valuesOf(term).map((ending) => ({ kind: 'name', pattern: `*.${ending.replace(/^\./, '')}` }))),
  },
  size: number('size_bytes', readSize, ['size>1gb', 'size:10mb..50mb'], 'file size, in b, kb, mb, gb or tb'),
  dur: number(
    'duration_seconds',
    readDuration,
    ['dur>10', 'dur:1:30..2:00'],
    'duration, in seconds or minutes:seconds',
  ),
  date: {
    examples: ['date:2026-11-30', 'date:2026-11-01..2026-11-15', 'date>2026-11'],
    means: 'date of the file, as year-month-day',
    condition: (term) => dateCondition(term),
  },
  yaw: angle('yaw', ['yaw:-30..30']),
  pitch: angle('pitch', ['pitch<-10']),
  roll: angle('roll', ['roll>5']),
  pose: {
    examples: ['pose:-40..0,-10..20'],
    means: 'yaw and pitch in a box; the upper bounds lie outside',
    condition({ operator, value }) {
      const region = operator === ':' ? readPose(value) : null;
      if (region === null) throw new QueryValueError('Write a pose as yaw and pitch in degrees: pose:-40..0,-10..20.');
      return all(
        (['yaw', 'pitch'] as const).map((column) => {
          const [from, to] = region[column];
          return { kind: 'range', column, from, to, below: true };
        }),
      );
    },
  },
  sharp: number('sharpness', readNumber, ['sharp>200'], 'sharpness'),
  missing: flag('missing', 'missing', 'is not on disk'),
  gap: flag('gap', 'gaps', 'is a sequence without some of its frames'),
  problem: flag('problem', 'problem', 'is damaged or could not be processed'),
  picked: flag('picked', 'picked_up', 'is picked up'),
  sidecar: flag('sidecar', 'sidecar', 'only tells about a clip or its card'),
};

/** Other spellings of keys. */
const aliases: Readonly<Record<string, string>> = { sharpness: 'sharp', duration: 'dur', gaps: 'gap' };

/** Returns the key with a name or another spelling of it. */
export function queryKey(name: string): QueryKey | undefined {
  const key = aliases[name] ?? name;
  return Object.hasOwn(queryKeys, key) ? queryKeys[key] : undefined;
}

function choice(
  column: 'review_status' | 'file_type' | 'asset_type',
  options: readonly string[],
  examples: readonly string[],
  what: string,
): QueryKey {
  return {
    examples,
    means: `${what}: ${options.join(', ')}`,
    values: options,
    condition(term) {
      const values = valuesOf(term).map(fold);
      const unknown = values.find((value) => !options.includes(value));
      if (unknown !== undefined)
        throw new QueryValueError(`“${unknown}” is no ${what}. Choose from ${options.join(', ')}.`);
      return { kind: 'value', column, values };
    },
  };
}

function flag(key: string, name: Flag, means: string): QueryKey {
  return {
    examples: [`${key}:`],
    means,
    condition({ value, operator }) {
      if (operator !== ':' || !['', 'yes', 'no'].includes(fold(value)))
        throw new QueryValueError('Write yes or no after the colon, or nothing for yes.');
      const holds: Condition = { kind: 'flag', flag: name };
      return fold(value) === 'no' ? { kind: 'not', of: holds } : holds;
    },
  };
}

function angle(column: 'yaw' | 'pitch' | 'roll', examples: readonly string[]): QueryKey {
  return number(column, readNumber, examples, `${column} of the face in degrees`);
}

/** A number: `key:5`, `key:1..5` with both ends, `key>5`. */
function number(
  column: NumberColumn,
  read: (text: string) => number | null,
  examples: readonly string[],
  means: string,
): QueryKey {
  const usable = (text: string): number => {
    const value = read(text);
    if (value === null)
      throw new QueryValueError(`“${text}” is not a ${meansShort(means)}. Write for example ${examples[0]}.`);
    return value;
  };
  return {
    examples,
    means,
    condition: ({ operator, value }) => rangeOf(column, operator, value, usable),
  };
}

function meansShort(means: string): string {
  return means.split(/,| of | in /)[0] ?? means;
}

function rangeOf(
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

function dateCondition({ operator, value }: Term): Condition {
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

function readNumber(text: string): number | null {
  return /^[-+−]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text.replace('−', '-')) : null;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 };

/** Reads bytes, or a number with a decimal unit as the app shows it. */
function readSize(text: string): number | null {
  const [, digits = '', unit = ''] = /^([\d.]+)\s*([kmgt]?b?)$/i.exec(text) ?? [];
  const value = digits === '' ? null : readNumber(digits);
  const short = unit.toLowerCase();
  return value === null
    ? null
    : value * (UNITS[short.length === 1 && short !== 'b' ? `${short}b` : short] ?? Number.NaN);
}

/** Reads seconds, or minutes and seconds, or hours too: `90`, `90s`, `2m`, `1:30`, `1:00:00`. */
function readDuration(text: string): number | null {
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
function valuesOf({ operator, value }: Term): string[] {
  const values = value.split(',').map((part) => part.trim());
  if (operator !== ':') throw new QueryValueError('Write a colon here: this cannot be compared by size.');
  if (values.some((part) => part === '')) throw new QueryValueError('Write a value after the colon.');
  return values;
}

/** Ignores case, and that `_`, `-`, `.` and spaces differ. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_.-]+/g, ' ')
    .trim();
}

function all(of: readonly Condition[]): Condition {
  return of.length === 1 ? (of[0] as Condition) : { kind: 'all', of };
}

function any(of: readonly Condition[]): Condition {
  return of.length === 1 ? (of[0] as Condition) : { kind: 'any', of };
}
