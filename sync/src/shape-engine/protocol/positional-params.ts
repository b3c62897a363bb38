/** The values for `$1`, `$2`, … in a where. */
import { z } from 'zod';

export const positionalParams = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()], 'is invalid'), 'is invalid')
  .refine((record) => Object.keys(record).every((place) => /^\d+$/.test(place)), {
    message: 'Parameters can only use numbers as keys',
    abort: true,
  })
  .transform((record) => new Map(Object.entries(record).map(([place, value]) => [Number(place), String(value)])))
  .refine((params) => Array.from(params, (_, index) => index + 1).every((place) => params.has(place)), {
    message: 'Parameters must be numbered sequentially, starting from 1',
  });
