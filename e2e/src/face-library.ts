/** Starts the product and ingests one delivery of face crops. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import postgres, { type Sql } from 'postgres';
import { makeFaceCrops } from './face-crops.ts';
import { Product } from './product.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface FaceLibrary extends AsyncDisposable {
  readonly product: Product;
  /** A connection to the product's Postgres. */
  readonly sql: Sql;
  readonly packageId: string;
}

/** @param project the name of the project to create. */
export async function startFaceLibrary(crops: number, project: string): Promise<FaceLibrary> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const media = path.join(folder.path, 'media');
  await mkdir(media);
  const delivery = await makeFaceCrops(media, crops);
  const product = stack.use(await Product.start({ dataDir: path.join(folder.path, 'data'), mediaRoots: [media] }));
  const { code } = await product.ihub('ingest', delivery, '--project', project);
  if (code !== 0) throw new Error(`The ingest of ${delivery} ended with ${code}.`);
  const sql = postgres(await product.databaseUrl(), { max: 1 });
  stack.defer(() => sql.end());
  const [row] = await sql<[{ id: string }]>`SELECT id FROM packages`;
  const owned = stack.move();
  return { product, sql, packageId: row.id, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
