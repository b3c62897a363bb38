/** The libraries that pictures are taken of: the demo in the real product, and made-up ones on the development page. */
import path from 'node:path';
import type { LibraryIds } from '@ingesthub/web/testing/app-pages.ts';
import { madeUpIds, openDevelopmentPage } from '@ingesthub/web/testing/development-page.ts';
import postgres from 'postgres';
import { newPerson } from '../browser.ts';
import { CuttableNetwork } from '../cuttable-network.ts';
import { Product } from '../product.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitFor } from '../wait-for.ts';
import { allPlaces, type Place, pagesOffline, pagesOfNoRow } from './places.ts';
import type { Visit } from './take-screenshots.ts';

export type Library = (take: (visit: Omit<Visit, 'only'>) => Promise<void>) => Promise<void>;

const INGEST_MS = 300_000;
const OPENING_MS = 60_000;

/** Shows the demo library in the product, then all of it again without the network. */
export const demo: Library = async (take) => {
  await using folder = await temporaryFolder();
  await using product = await Product.start({ dataDir: path.join(folder.path, 'data') });
  const ids = await demoIds(await product.databaseUrl());
  await using network = await CuttableNetwork.to(product.port);
  await using person = await newPerson(network.url);
  const { page } = person;
  const says = (fact: string, text: string) =>
    page.getByTestId(fact).filter({ hasText: text }).waitFor({ timeout: OPENING_MS });
  await says('replica-progress', 'Up to date');
  await take({ page, folder: 'demo', ids, places: allPlaces });
  await network.cut();
  await says('online', 'Offline');
  await take({ page, folder: 'offline', ids, places: pagesOffline });
};

/** @param query as the development page takes it. */
export function madeUp(folder: string, query: string, places: readonly Place[]): Library {
  return async (take) => {
    await using app = await openDevelopmentPage(query);
    await take({ page: app.page, folder, ids: madeUpIds, places });
  };
}

/** Shows addresses of no row, pictures that fail, and a browser that lacks what the app needs. */
export const errors: Library = async (take) => {
  await using app = await openDevelopmentPage('assets=1000');
  const { page } = app;
  await take({ page, folder: 'errors', ids: madeUpIds, places: pagesOfNoRow });
  await page.route('**/media/**', (route) => route.abort());
  const broken = allPlaces.filter(({ name }) => name === 'package-faces' || name === 'panel');
  await take({ page, folder: 'errors/no-pictures', ids: madeUpIds, places: broken });
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
  await page.reload();
  const dashboard = allPlaces.filter(({ name }) => name === 'dashboard');
  await take({ page, folder: 'errors/no-web-locks', ids: madeUpIds, places: dashboard });
};

/** Waits until the demo library is ingested. */
async function demoIds(databaseUrl: string): Promise<LibraryIds> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    await waitFor(
      'both demo packages are ready',
      async () => (await sql`SELECT 1 FROM packages WHERE status = 'ready'`).length === 2,
      INGEST_MS,
    );
    const [row] = await sql<[LibraryIds]>`
      SELECT faces.project_id AS project, faces.id AS faces, clips.id AS clips,
        (SELECT id FROM subjects WHERE project_id = faces.project_id ORDER BY name LIMIT 1) AS subject
      FROM packages AS faces, packages AS clips WHERE faces.type = 'vfx' AND clips.type = 'atman'`;
    return row;
  } finally {
    await sql.end();
  }
}
