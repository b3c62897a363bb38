/** Measures the bytes of an asset with its tags on the wire, in storage and in memory. */
import { formatShapeReference, type ShapeName, shapes } from '@ingesthub/schema/library/shapes.ts';
import type { Figure, Results } from '../measure/figures.ts';
import { readShape } from '../measure/read-shape.ts';
import { type Bench, OURS } from './bench.ts';
import { footprint } from './footprint.ts';
import { imageBytes } from './replica-image.ts';

export async function bytesCase({ library, people, empty, image }: Bench): Promise<Results> {
  const { product, projectId, assets } = library;
  const wire: Figure[] = [];
  for (const encoding of ['identity', 'gzip', 'zstd'] as const) {
    const names = Object.keys(shapes) as ShapeName[];
    let bytes = 0;
    for (const name of names.filter((each) => shapes[each].scope === 'library' || shapes[each].scope === 'project')) {
      const reference = formatShapeReference(
        shapes[name].scope === 'project' ? { name, scopeId: projectId } : { name },
      );
      bytes += (await readShape(new URL(`/api/shapes/${reference}`, product.url), { encoding })).bytes;
    }
    const what = encoding === 'identity' ? 'on the wire as shapes, plain' : `on the wire as shapes, ${encoding}`;
    wire.push({ what, value: bytes / assets, unit: 'bytes' });
    if (image === null) continue;
    const packed = encoding === 'identity' ? 'as an image, plain' : `as an image, ${encoding}`;
    wire.push({ what: packed, value: (await imageBytes(image, encoding)) / assets, unit: 'bytes' });
  }
  const [, ben] = await people();
  const full = await footprint(ben);
  const memory = full.memory !== null && empty.memory !== null ? full.memory - empty.memory : null;
  return new Map([
    [
      OURS,
      [
        ...wire,
        { what: 'in storage, above an empty library', value: (full.storage - empty.storage) / assets, unit: 'bytes' },
        {
          what: 'in the renderer’s private memory, above an empty library',
          value: memory === null ? null : memory / assets,
          unit: 'bytes',
        },
        { what: 'an empty library in storage', value: empty.storage / 1e6, unit: 'MB' },
        { what: 'an empty library in memory', value: empty.memory === null ? null : empty.memory / 1e6, unit: 'MB' },
      ],
    ],
  ]);
}
