import { parseArgs } from 'node:util';
import { z } from 'zod';

export interface ReplicaOptions {
  /** Assets in the library. */
  readonly assets: number;
  /** Names of the cases to run; empty means all. */
  readonly cases: readonly string[];
  /** Whether pglite-sync is measured too. */
  readonly baseline: boolean;
  /** A folder for Chromium traces of the measurements, which are also summarized; null records none. */
  readonly trace: string | null;
}

const flags = z.object({
  /** The server keeps no image of a smaller library. */
  assets: z.coerce.number().int().min(5000).default(100_000),
  case: z
    .string()
    .transform((text) => text.split(','))
    .default([]),
  'no-baseline': z.boolean().default(false),
  trace: z.string().nullable().default(null),
});

const USAGE = 'npm run bench replica -- [--assets N] [--case NAME,…] [--no-baseline] [--trace FOLDER]';

/** @throws Error with a one-sentence message when a flag is invalid. */
export function parseReplicaOptions(args: readonly string[], cases: readonly string[]): ReplicaOptions {
  const values = readArgs(args);
  const parsed = flags.safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`--${issue?.path[0]?.toString()} is not usable: ${issue?.message}.`);
  }
  const unknown = parsed.data.case.find((name) => !cases.includes(name));
  if (unknown !== undefined) throw new Error(`Unknown case “${unknown}”. Choose from ${cases.join(', ')}.`);
  const { assets, trace } = parsed.data;
  return { assets, cases: parsed.data.case, baseline: !parsed.data['no-baseline'], trace };
}

function readArgs(args: readonly string[]): object {
  try {
    return parseArgs({
      args: [...args],
      options: {
        assets: { type: 'string' },
        case: { type: 'string' },
        'no-baseline': { type: 'boolean' },
        trace: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message} Usage: ${USAGE}`, { cause: error });
  }
}
