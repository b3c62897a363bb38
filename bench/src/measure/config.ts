/** Reads the benchmarks' environment. */
import { parseEnvironment } from '@ingesthub/schema/environment/parse-environment.ts';
import { z } from 'zod';

const environment = z
  .object({
    ELECTRIC_URL: z.url().optional(),
    ELECTRIC_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    ELECTRIC_SECRET: z.string().optional(),
  })
  .refine((env) => env.ELECTRIC_URL === undefined || env.ELECTRIC_DATABASE_URL !== undefined, {
    path: ['ELECTRIC_DATABASE_URL'],
    error: 'set it to the database followed by the Electric at ELECTRIC_URL',
  });

export interface BenchConfig {
  /** A real Electric to measure beside the engine, with the database it follows. */
  readonly electric: { readonly url: string; readonly databaseUrl: string; readonly secret: string | null } | null;
}

/** @throws EnvironmentError */
export function readConfig(env: NodeJS.ProcessEnv): BenchConfig {
  const {
    ELECTRIC_URL: url,
    ELECTRIC_DATABASE_URL: databaseUrl,
    ELECTRIC_SECRET: secret,
  } = parseEnvironment(environment, env);
  return { electric: url && databaseUrl ? { url, databaseUrl, secret: secret ?? null } : null };
}
