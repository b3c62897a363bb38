import { parseArgs } from 'node:util';
import { z } from 'zod';

export interface ShapesOptions {
  /** Table sizes; each is a separate run. */
  readonly rows: readonly number[];
  /** Names of the cases to run; empty means all. */
  readonly cases: readonly string[];
  /** Entry file of another checkout's engine to compare; null for this checkout's. */
  readonly engine: string | null;
}

const list = z.string().transform((text) => text.split(','));
const rows = list.transform((parts) => parts.map(Number)).pipe(z.array(z.int().min(1000)));
const flags = z.object({
  rows: rows.default([100_000, 1_000_000]),
  cases: list.default([]),
  engine: z.string().nullable().default(null),
});

/** @throws Error with a one-sentence message when a flag is invalid. */
export function parseShapesOptions(args: readonly string[]): ShapesOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      cases: { type: 'string' },
      engine: { type: 'string' },
      quick: { type: 'boolean' },
    },
  });
  const { quick, ...given } = values;
  const parsed = flags.safeParse({ ...(quick ? { rows: '100000' } : {}), ...given });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`--${issue?.path[0]?.toString()} is not usable: ${issue?.message}.`);
}
