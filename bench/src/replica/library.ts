/** Runs the product with a one-project library: one package of 100,000 assets, the rest in packages of usual size. */
import path from 'node:path';
import { Product } from '@ingesthub/e2e/product.ts';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import { makeSeedPictures } from '@ingesthub/fixtures/seed-pictures.ts';
import postgres, { type Sql } from 'postgres';

/** Assets in the large package, which is scrolled through and tagged as a whole. */
const LARGE = 100_000;
/** Minimum number of assets outside the large package. */
const REST = 2500;
/** A package size that puts all assets into one package. */
const ONE_PACKAGE = 1e9;

interface Package {
  readonly id: string;
  readonly assets: number;
}

export interface Library {
  readonly product: Product;
  readonly sql: Sql;
  readonly projectId: string;
  /** When all rows were committed. */
  readonly filledAt: Date;
  /** Total number of assets. */
  readonly assets: number;
  readonly large: Package;
  /** The largest of the other packages. */
  readonly usual: Package;
  /** Returns the URL of a package's page. */
  address(of: Package): string;
}

export interface EmptyLibrary extends AsyncDisposable {
  readonly product: Product;
  /** @param assets approximate total; the library has at least a large and a usual package. */
  fill(assets: number): Promise<Library>;
}

export async function startProduct(): Promise<EmptyLibrary> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const derivatives = path.join(folder.path, 'derivatives');
  const product = stack.use(
    await Product.start({
      dataDir: path.join(folder.path, 'data'),
      mediaRoots: [folder.path],
      env: { PROXY_DIR: derivatives },
    }),
  );
  const sql = postgres(await product.databaseUrl(), { max: 2, onnotice: () => {} });
  stack.defer(() => sql.end({ timeout: 2 }));
  const owned = stack.move();
  return {
    product,
    fill: (assets) => fill(product, sql, assets, derivatives),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function fill(product: Product, sql: Sql, assets: number, derivatives: string): Promise<Library> {
  const large = Math.min(assets, LARGE);
  const pictures = await makeSeedPictures(derivatives);
  const rest = Math.max(REST, assets - large);
  const parts = [
    await seedLibrary(sql, { assets: large, projects: 1, packageSize: ONE_PACKAGE, pictures }),
    await seedLibrary(sql, { assets: rest, projects: 1, seed: 2, pictures }),
  ];
  const [first, second] = parts.flatMap(({ projectIds }) => projectIds);
  if (first === undefined || second === undefined) throw new Error('The seed made no project.');
  const [project, other] = large > rest ? [first, second] : [second, first];
  await merge(sql, project, other);
  const filledAt = new Date();
  await sql`VACUUM ANALYZE`;

  const packages = await sql<Package[]>`
    SELECT packages.id, count(*)::integer AS assets FROM packages JOIN assets ON assets.package_id = packages.id
    GROUP BY packages.id ORDER BY assets DESC`;
  const [largest, usual] = packages;
  if (largest === undefined || usual === undefined) throw new Error('The seed made too few packages.');
  return {
    product,
    sql,
    projectId: project,
    filledAt,
    assets: packages.reduce((sum, each) => sum + each.assets, 0),
    large: largest,
    usual,
    address: ({ id }) => `${product.url}/packages/${id}`,
  };
}

/** Merges both into one project, because pglite-sync syncs only one shape into a table. */
async function merge(sql: Sql, project: string, other: string): Promise<void> {
  await sql.begin(async (transaction) => {
    // Skips the triggers: their stamps are not needed here and take a minute for a million rows.
    await transaction`SET LOCAL session_replication_role = replica`;
    await transaction`UPDATE subjects SET project_id = ${project}, name = name || ' 2' WHERE project_id = ${other}`;
    for (const table of ['packages', 'packages_subjects', 'folders', 'assets', 'asset_tags']) {
      await transaction`UPDATE ${transaction(table)} SET project_id = ${project} WHERE project_id = ${other}`;
    }
    await transaction`DELETE FROM projects WHERE id = ${other}`;
  });
}
