/** Reads a logged shape with each encoding: first compressed for this reader, then served from the stored result. */

import type { Figure } from '../measure/figures.ts';
import { readShape } from '../measure/read-shape.ts';
import type { Contender } from './contender.ts';

export async function compressionCase(contender: Contender, rows: number): Promise<Figure[]> {
  const url = contender.shapeUrl();
  await contender.phase('read as gzip and zstd');
  // Keeps the snapshot out of the measurement.
  await readShape(url);
  const figures: Figure[] = [];
  for (const encoding of ['identity', 'gzip', 'zstd'] as const) {
    for (const time of encoding === 'identity' ? [''] : [', first', ', again']) {
      const { seconds, bytes, encodings } = await readShape(url, { encoding });
      const given = encoding !== 'identity' && !encodings.has(encoding) ? ' (not used)' : '';
      figures.push(
        { what: `${encoding}${given}${time}`, value: rows / seconds, unit: 'rows/s' },
        { what: `${encoding}${given}${time}, total bytes`, value: bytes / 1e6, unit: 'MB' },
      );
    }
  }
  return figures;
}
