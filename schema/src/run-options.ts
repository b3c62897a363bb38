/** What whoever starts a run asks for: `runs.options`, and of a folder that is to be ingested `incoming.options`. */
import { z } from 'zod';
import { boundedList } from './bounded-list.ts';
import { hasControlCharacters, MAX_FOLDER_BYTES, normalFolder } from './folder-path.ts';
import { packageType } from './vocabulary.ts';

/** Lines: proxies of a given height are even, and no larger than what a browser plays well. */
export const proxyHeight = z
  .number()
  .int()
  .min(64)
  .max(2160)
  .refine((lines) => lines % 2 === 0, 'a proxy has an even number of lines');

export const runOptions = z
  .object({
    /** What a person said the package is; above the rules. */
    type: packageType,
    /** Whose all files are; above the rules. */
    subject: z.string().min(1).max(200),
    /** No proxies, sprites and waveforms; thumbnails all the same. */
    skip_proxies: z.boolean(),
    proxy_height: proxyHeight,
    /** Everything anew, unchanged files too. */
    force: z.boolean(),
    /** Only what lies below this folder of the package: 'DAY02/A_CAM'. */
    below: z
      .string()
      .max(MAX_FOLDER_BYTES)
      .refine((path) => !hasControlCharacters(path), 'a folder’s path has no line breaks or control characters')
      .refine((path) => !/^(?:\/|\.\.(?:\/|$))/.test(normalFolder(path)), 'it is a folder within the package')
      .transform((path) => normalFolder(path) || undefined),
    /** Only these assets, without a look at the folder: what failed is tried again. */
    asset_ids: boundedList(z.uuid(), { max: 100_000 }),
    /** By an ingestor that saw a change: what failed before stays so while its file is as it was. */
    unattended: z.boolean(),
    /** No links below dataset directories. */
    skip_links: z.boolean(),
  })
  .partial();
export type RunOptions = z.infer<typeof runOptions>;
