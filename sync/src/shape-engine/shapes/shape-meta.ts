/** Data kept beside a shape's log, with which a restarted engine continues the shape. */
import { z } from 'zod';
import { tableRow } from '../postgres/table.ts';
import type { ShapeDefinition } from '../protocol/shape-definition.ts';
import { expression } from '../where/expression.ts';
import type { Join } from './shape.ts';

const bigint = z.string().regex(/^\d+$/).transform(BigInt);

const meta = z.object({
  version: z.literal(1),
  definition: z.object({
    table: tableRow,
    columns: z.array(z.string()),
    key: z.array(z.string()),
    keyPrefix: z.string(),
    where: expression.nullable(),
    replica: z.enum(['default', 'full']),
    log: z.enum(['full', 'changes_only']),
    identity: z.string(),
    hash: z.string(),
  }),
  join: z.object({
    bounds: z.object({ xmin: bigint, xmax: bigint, inProgress: z.array(bigint) }),
    lsn: bigint,
  }),
});

/** Returns the data in the form that `parseShapeMeta` reads. */
export function shapeMeta(definition: ShapeDefinition, join: Join): unknown {
  const text = JSON.stringify({ version: 1, definition, join }, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return JSON.parse(text);
}

/** @returns null for another version or damaged data: the shape then starts over. */
export function parseShapeMeta(stored: unknown): { definition: ShapeDefinition; join: Join } | null {
  const parsed = meta.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
