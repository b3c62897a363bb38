/**
 * A prepared project: its rows in COPY's binary format, in compressed chunks, and the positions from which its shapes go on. The
 * rows may include changes after those positions, which then arrive again: applying a change twice ends the same.
 */
import { z } from 'zod';

const preparedChunk = z.object({
  rows: z.number().int().min(1),
  /** Uncompressed. */
  bytes: z.number().int(),
});

const preparedShape = z.object({
  name: z.string(),
  /** The rows' fields, in order. */
  columns: z.array(z.string()),
  /** Where the shape goes on. */
  handle: z.string(),
  offset: z.string(),
  chunks: z.array(preparedChunk),
});
export type PreparedShape = z.infer<typeof preparedShape>;

/** The answer of `GET /api/prepared-projects/<project>`; chunk n of a shape is at `…/<id>/<name>/<n>`. */
export const preparedProject = z.object({
  id: z.string().regex(/^[0-9a-z]+$/),
  shapes: z.array(preparedShape),
});
export type PreparedProject = z.infer<typeof preparedProject>;

/** A smaller project loads quickly enough as its shapes' rows. */
export const PREPARED_ASSETS = 5_000;
