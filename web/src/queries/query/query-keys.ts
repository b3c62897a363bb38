/** The keys of the query field: what each asks for, and how its value is written. */
import { ASSET_TYPES } from '@ingesthub/schema/library/package-kinds.ts';
import { fileType, reviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { Condition, Flag, NumberColumn } from '../../replica/model/mirror-questions.ts';
import {
  all,
  any,
  dateCondition,
  fold,
  QueryValueError,
  rangeOf,
  readDuration,
  readNumber,
  readPose,
  readSize,
  valuesOf,
} from './key-values.ts';
import type { Term } from './parse-query.ts';

export type { PoseRegion } from './key-values.ts';

interface NamedId {
  readonly id: string;
  readonly name: string;
}

/** The names that a query may use, which are those of the list's assets. */
export interface QueryNames {
  readonly subjects: readonly NamedId[];
  readonly packages: readonly NamedId[];
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

/** In the order of the help. */
export const queryKeys: Readonly<Record<string, QueryKey>> = {
  tag: {
    examples: ['tag:hero', 'tag:hero,smile'],
    means: 'has the tag, or one of them',
    condition: (term) => any(valuesOf(term).map((tag) => ({ kind: 'tag', tag }))),
  },
  status: choice('review_status', reviewStatus.options, ['status:approved', '-status:rejected'], 'review status'),
  type: choice('file_type', fileType.options, ['type:video'], 'file type'),
  asset: choice('asset_type', ASSET_TYPES, ['asset:aligned'], 'asset type'),
  subject: {
    examples: ['subject:ada', 'subject:none'],
    means: 'belongs to the subject; none: to no known one',
    condition: (term, { subjects }) => ({
      kind: 'value',
      column: 'subject_id',
      values: valuesOf(term).flatMap((value) => (fold(value) === 'none' ? [null] : idsOf(value, subjects, 'subject'))),
    }),
  },
  package: {
    examples: ['package:delivery_03'],
    means: 'is in the package',
    condition: (term, { packages }) => ({
      kind: 'value',
      column: 'package_id',
      values: valuesOf(term).flatMap((value) => idsOf(value, packages, 'package')),
    }),
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
  sidecar: sidecars(),
};

/** Other spellings of keys. */
const aliases: Readonly<Record<string, string>> = { sharpness: 'sharp', duration: 'dur', gaps: 'gap', role: 'asset' };

/** Returns the name of a key in the table, for the name itself or another spelling of it; null: there is none. */
export function keyName(name: string): string | null {
  const key = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  return Object.hasOwn(queryKeys, key) ? key : null;
}

/** Returns the key with a name or another spelling of it. */
export function queryKey(name: string): QueryKey | undefined {
  const key = keyName(name);
  return key === null ? undefined : queryKeys[key];
}

/** Returns the ids of those with a name, or the id itself. @throws QueryValueError */
function idsOf(value: string, named: readonly NamedId[], what: string): string[] {
  if (UUID.test(value)) return [value.toLowerCase()];
  const found = named.filter(({ name }) => fold(name) === fold(value)).map(({ id }) => id);
  if (found.length === 0) throw new QueryValueError(`No ${what} here is called “${value}”.`);
  return found;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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

/** Sidecars are left out of every list whose query does not mention them. */
function sidecars(): QueryKey {
  const only = flag('sidecar', 'sidecar', 'only tells about a clip or its card; any: lists both');
  return {
    ...only,
    examples: ['sidecar:', 'sidecar:any'],
    condition: (term, names) =>
      term.operator === ':' && fold(term.value) === 'any' ? { kind: 'all', of: [] } : only.condition(term, names),
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
