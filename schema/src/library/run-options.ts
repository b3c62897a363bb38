/** Options of a run: `runs.options`, and `incoming.options` for a folder that will be ingested. */
import { z } from 'zod';
import { hasControlCharacters, MAX_FOLDER_BYTES, normalFolder } from '../paths/folder-path.ts';
import { boundedList } from '../values/bounded-list.ts';
import { packageType } from './vocabulary.ts';

/** Proxy height in lines: even, and no larger than browsers play well. */
export const proxyHeight = z
  .number()
  .int()
  .min(64)
  .max(2160)
  .refine((lines) => lines % 2 === 0, 'a proxy has an even number of lines');

export const runOptions = z
  .object({
    /** The package type set by a person; overrides the rules. */
    type: packageType,
    /** The subject of all files; overrides the rules. */
    subject: z.string().min(1).max(200),
    /** Skips proxies, sprites and waveforms, but not thumbnails. */
    skip_proxies: z.boolean(),
    proxy_height: proxyHeight,
    /** Processes all files again, including unchanged ones. */
    force: z.boolean(),
    /** Limits the run to files below this folder of the package: 'DAY02/A_CAM'. */
    below: z
      .string()
      .max(MAX_FOLDER_BYTES)
      .refine((path) => !hasControlCharacters(path), 'a folder’s path has no line breaks or control characters')
      .refine((path) => !/^(?:\/|\.\.(?:\/|$))/.test(normalFolder(path)), 'the folder must be within the package')
      .transform((path) => normalFolder(path) || undefined),
    /** Limits the run to these assets without scanning the folder: retries what failed. */
    asset_ids: boundedList(z.uuid(), { max: 100_000 }),
    /** Set when an ingestor started the run after a change on disk: failures of unchanged files are not retried. */
    unattended: z.boolean(),
    /** Makes no links below dataset directories. */
    skip_links: z.boolean(),
  })
  .partial();
export type RunOptions = z.infer<typeof runOptions>;
