/** The library that journeys are made in: a delivery of 120 faces whose poses and sharpness are known. */
import { CuttableNetwork } from '../cuttable-network.ts';
import { type FaceLibrary, startFaceLibrary } from '../face-library.ts';
import type { Driver } from './driver.ts';

export const FACES = 120;
/** Every tenth face is seen from the side, and every second of those is sharp. */
export const SHARP_PROFILES = 6;

export interface World extends AsyncDisposable {
  readonly library: FaceLibrary;
  /** The network between the browser and the server. */
  readonly network: CuttableNetwork;
  readonly driver: Driver;
  /** Opens a page of the app. */
  open(path: string): Promise<void>;
  /** Opens the delivery, and waits until all of it is listed. */
  openFaces(): Promise<void>;
  /** Counts rows in Postgres until there are as many as expected. */
  count(what: string, query: () => PromiseLike<readonly unknown[]>, expected: number): Promise<void>;
}

const WAIT_MS = 60_000;

export async function makeWorld(start: (url: string) => Promise<Driver>): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const library = stack.use(await startFaceLibrary(FACES, 'Northlight'));
  await library.sql`
    UPDATE assets SET pitch = 0, roll = 0, yaw = CASE WHEN number % 10 = 0 THEN 75 ELSE number % 60 - 30 END,
      sharpness = CASE WHEN number % 20 = 0 THEN 400 ELSE 50 END
    FROM (SELECT id, left(name, 5)::integer AS number FROM assets) AS numbered WHERE numbered.id = assets.id`;
  const network = stack.use(await CuttableNetwork.to(library.product.port));
  const driver = stack.use(await start(network.url));
  await driver.readFact('replica-progress', 'Up to date');
  const owned = stack.move();
  const open = (path: string) => driver.open(`${network.url}${path}`);
  return {
    library,
    network,
    driver,
    open,
    async openFaces() {
      await open(`/packages/${library.packageId}`);
      await driver.readFact('shown', `${FACES} of ${FACES}`);
      await driver.focus('listbox', 'Assets');
    },
    async count(what, query, expected) {
      const deadline = Date.now() + WAIT_MS;
      for (;;) {
        const { length } = await query();
        if (length === expected) return;
        if (Date.now() > deadline) throw new Error(`${what}: ${length} instead of ${expected}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
