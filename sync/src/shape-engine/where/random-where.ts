/** Random conditions for tests, reproducible by seed, over a table with two columns of each type. */

/** Values common to both float types. */
const FLOATS = ['0', '-0', '1', '1.5', '0.1', 'NaN', 'Infinity', '-Infinity'];

/** Row values by type. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  text: [
    '',
    'a',
    'A',
    'b',
    'ab',
    'a ',
    'a  ',
    'a\tb',
    'é',
    'É',
    'ß',
    'ẞ',
    'ǆ',
    'ǅ',
    'K',
    'İ',
    'Σ',
    'ς',
    '50%',
    'a_b',
    'a\\b',
    '\ue000',
    '\uffff',
    '😀',
    '😀b',
    "it's",
    '名前',
  ],
  varchar: ['', 'a', 'A', 'ab', 'a ', 'Éa', '%', '_', '\\', '😀', 'ﬀ', '\ufffd'],
  bpchar: ['', 'a', 'A', 'ab', 'a b', 'abcde', 'é', 'É', '😀', '%'],
  int2: ['0', '1', '-1', '2', '32767', '-32768'],
  int4: ['0', '1', '-1', '2', '70000', '2147483647', '-2147483648', '16777217'],
  int8: [
    '0',
    '1',
    '-1',
    '2',
    '9007199254740992',
    '9007199254740993',
    '9223372036854775807',
    '-9223372036854775808',
    '16777217',
  ],
  numeric: [
    '0',
    '1',
    '1.0',
    '1.00',
    '-1',
    '1.5',
    '-1.5',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e40',
    '-1e40',
    '0.1',
    '0.10',
    '1e-30',
    '12345678901234567890.123456789',
    '12345678901234567890.12345678',
    '9007199254740992',
    '9007199254740993',
  ],
  float4: [...FLOATS, '1e30', '1e-30', '16777216', '3.4028235e38', '-1.5'],
  float8: [...FLOATS, '1e300', '1e-300', '9007199254740992', '16777217', '-1.5', '0.10000000149011612'],
  bool: ['t', 'f'],
  uuid: [
    '00000000-0000-0000-0000-000000000000',
    '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
  date: [
    '2020-01-01',
    '2020-01-02',
    '1999-12-31',
    '0044-03-15 BC',
    '0001-01-01',
    'infinity',
    '-infinity',
    '12020-01-01',
    '4713-01-01 BC',
    '5874897-12-31',
  ],
  timestamp: [
    '2020-01-01',
    '2020-01-01 00:00:00.5',
    '2020-01-01 00:00:00.51',
    '1999-12-31 23:59:59.999999',
    '0044-03-15 12:00 BC',
    '0045-03-15 BC',
    'infinity',
    '-infinity',
    '12020-01-01',
    '294276-12-31',
  ],
  timestamptz: [
    '2020-01-01',
    '2020-01-01 00:00:00.5',
    '2020-01-01 00:00:00.51',
    '2020-01-01 01:00:00+01',
    '0044-03-15 12:00 BC',
    'infinity',
    '-infinity',
    '12020-01-01',
    '294276-12-31',
  ],
  mood: ['sad', 'ok', "it's \\ fine"],
};

/** Constants by type, written differently from a quoted value of the type. */
const LITERALS: Readonly<Record<string, readonly string[]>> = {
  text: ["'b'::varchar", "'a '::text", "U&'\\00e9'", "E'a\\\\b'"],
  varchar: ["'a '::varchar", "'A'::text"],
  bpchar: ["'a'::text", "'a '::text", "'ab  '::varchar"],
  int2: ['1', '-1', '70000', '1.0', '1.5', '99999999999', "'1'::int8", "'2'::numeric", "'1.5'::float8", '0x1'],
  int4: ['1', '-1', '007', '2147483648', '1.0', '1.5', '16777216', "'1'::int2", "'16777217'::float4", '1e40', '1_000'],
  int8: ['1', '-1', '9007199254740993', '9223372036854775808', '1.5', "'9007199254740993'::float8", "'NaN'::float8"],
  numeric: [
    '1',
    '1.0',
    '1.50',
    '-1.5',
    '9007199254740993',
    '1e40',
    '.1',
    "'1'::int4",
    '12345678901234567890.1234567890',
  ],
  float4: [
    '1',
    '0.1',
    '1.5',
    '16777217',
    "'0.1'::float8",
    "'0.1'::float4",
    "'1'::int2",
    "'0.1'::numeric",
    '1e-30',
    '-0.0',
  ],
  float8: ['1', '0.1', '1.5', '16777217', '9007199254740993', "'0.1'::float4", "'NaN'::float4", '1e300', '-0.0'],
  bool: ['true', 'false', "'yes'", "'OFF'", "'1'::bool"],
  uuid: ["'0198A1B2C3D47E5F8A9B0C1D2E3F4A5B'", "uuid '{00000000-0000-0000-0000-000000000000}'"],
  date: [
    "'Jan 2 2020'",
    "'2020-01-01 10:00'",
    "'2020-01-01 00:00:00'::timestamp",
    "'2020-01-01'::timestamptz",
    "date 'epoch'",
  ],
  timestamp: ["'2020-01-01T00:00'", "'2020-01-01'::date", "'2020-01-01 00:00:00.5+00'::timestamptz"],
  timestamptz: ["'2020-01-01 00:00 America/New_York'", "'2020-01-01'::date", "'2020-01-01 00:00:00.5'::timestamp"],
  mood: ["'ok'::mood"],
};

const OPERATORS = ['=', '<>', '!=', '<', '<=', '>', '>=', 'IS DISTINCT FROM', 'IS NOT DISTINCT FROM'];
const FAMILIES = [
  ['text', 'varchar', 'bpchar'],
  ['int2', 'int4', 'int8', 'numeric'],
  ['int2', 'int4', 'int8', 'float4', 'float8'],
  ['date', 'timestamp', 'timestamptz'],
];
const PATTERN_PARTS = [
  'a',
  'A',
  'b',
  'é',
  'É',
  'ß',
  'ẞ',
  'Ǆ',
  'k',
  'i',
  'σ',
  ' ',
  '%',
  '%',
  '_',
  '_',
  '\\%',
  '\\_',
  '\\\\',
  '\\a',
  '😀',
  '名',
];

export interface Random {
  /** Returns a number from 0 to below 1. */
  (): number;
  of<T>(choices: readonly T[]): T;
  /** Returns one of the texts, quoted. */
  literal(texts: readonly string[]): string;
}

/** Implements mulberry32. */
export function randomWith(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const of = <T>(choices: readonly T[]) => choices[Math.floor(next() * choices.length)] as T;
  return Object.assign(next, { of, literal: (texts: readonly string[]) => quoted(of(texts)) });
}

/** Returns a condition nested at most three levels deep. */
export function randomWhere(random: Random, depth = 0): string {
  const choice = random();
  const inner = () => randomWhere(random, depth + 1);
  if (depth < 3 && choice < 0.4) {
    if (choice < 0.15) return `(${inner()} AND ${inner()})`;
    if (choice < 0.3) return `(${inner()} OR ${inner()})`;
    if (choice < 0.35) return `NOT (${inner()})`;
    return `((${inner()}) IS ${random.of(['', 'NOT '])}${random.of(['TRUE', 'FALSE', 'UNKNOWN', 'NULL'])})`;
  }
  return `(${randomComparison(random)})`;
}

function randomComparison(random: Random): string {
  const type = random.of(Object.keys(VALUES));
  const column = columnOf(random, type);
  const not = random.of(['', 'NOT ']);
  const choice = random();
  if (choice < 0.05) return `${column} IS ${not}NULL`;
  if (choice < 0.1) return random.of([`${columnOf(random, 'bool')}`, `NOT ${column} IS NULL`, 'true', 'NULL', `1 < 2`]);
  if (choice < 0.3)
    return `${columnOf(random, random.of(['text', 'varchar', 'bpchar']))} ${not}${random.of(['LIKE', 'ILIKE'])} ${pattern(random)}`;
  if (choice < 0.45) return `${column} ${not}IN (${list(random, type).join(', ')})`;
  if (choice < 0.5 && type !== 'mood') return `${column} = ANY (${array(random, type)})`;
  if (choice < 0.6 && type !== 'mood')
    return `${column} ${not}BETWEEN ${constant(random, type)} AND ${constant(random, type)}`;
  const operator = type === 'mood' ? random.of(['=', '<>', 'IS DISTINCT FROM']) : random.of(OPERATORS);
  if (choice < 0.75 && type !== 'mood') {
    const family = random.of(FAMILIES.filter((types) => types.includes(type)).concat([[type]]));
    return `${column} ${operator} ${columnOf(random, random.of(family))}`;
  }
  const sides = [column, constant(random, type)];
  return (random() < 0.8 ? sides : sides.toReversed()).join(` ${operator} `);
}

function columnOf(random: Random, type: string): string {
  return `${random.of(['a', 'b'])}_${type}`;
}

function constant(random: Random, type: string): string {
  const choice = random();
  if (choice < 0.03) return 'NULL';
  return choice < 0.5 ? random.of(LITERALS[type] ?? []) : random.literal(VALUES[type] ?? []);
}

function list(random: Random, type: string): string[] {
  return Array.from({ length: 1 + Math.floor(random() * 4) }, () => constant(random, type));
}

function array(random: Random, type: string): string {
  const elements = Array.from({ length: Math.floor(random() * 4) }, () => {
    if (random() < 0.1) return 'NULL';
    return `"${random.of(VALUES[type] ?? []).replaceAll(/["\\]/g, '\\$&')}"`;
  });
  return quoted(`{${elements.join(', ')}}`);
}

function pattern(random: Random): string {
  return quoted(Array.from({ length: Math.floor(random() * 5) }, () => random.of(PATTERN_PARTS)).join(''));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
