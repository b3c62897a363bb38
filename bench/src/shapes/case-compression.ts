/** The same shape through the gateway's compression, first made and then kept. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import type { Contender } from './contender.ts';
import type { Figure } from './figures.ts';
import { gatewayReport } from './gateway-process.ts';
import { readShape } from './read-shape.ts';

export async function compressionCase(contender: Contender, rows: number): Promise<Figure[]> {
  await contender.phase('through the gateway');
  await using folder = await temporaryFolder();
  const direct = contender.shapeUrl();
  const gateway = fork(new URL('./gateway-process.ts', import.meta.url));
  try {
    const answered = once(gateway, 'message');
    gateway.send({ origin: direct.origin, folder: `${folder.path}/compressed` });
    const [report] = (await answered) as unknown[];
    const url = new URL(direct);
    url.port = String(gatewayReport.parse(report).port);

    // The snapshot is no part of this.
    await readShape(direct);
    const figures: Figure[] = [];
    for (const encoding of ['identity', 'gzip', 'zstd'] as const) {
      for (const time of encoding === 'identity' ? [''] : [', first made', ', kept']) {
        const reading = await readShape(url, { encoding });
        figures.push(
          { what: `${encoding}${time}`, value: rows / reading.seconds, unit: 'rows/s' },
          { what: `${encoding}${time}, in all on the wire`, value: reading.bytes / 1e6, unit: 'MB' },
        );
        if (encoding !== 'identity' && reading.encodings.size === 0) throw new Error(`Nothing came as ${encoding}.`);
      }
    }
    return figures;
  } finally {
    gateway.disconnect();
  }
}
