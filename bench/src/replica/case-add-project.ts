/** Measures how a project is added to a device that is in use: prepared, and row by row as without prepared projects. */
import { setTimeout as delay } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { waitFor } from '@ingesthub/e2e/wait-for.ts';
import { seedLibrary } from '@ingesthub/fixtures/library-seed.ts';
import { preparedProject } from '@ingesthub/schema/replica/prepared-project.ts';
import { COPY_HEADER, COPY_TRAILER } from '@ingesthub/schema/values/copy-binary.ts';
import type { Page } from 'playwright-core';
import type { Figure, Results } from '../measure/figures.ts';
import { percentile } from '../measure/percentile.ts';
import { type Bench, OURS } from './bench.ts';
import type { Library } from './library.ts';
import { queryTime } from './replica-in-page.ts';
import type { Visitor } from './visitor.ts';

/** Assets of each project that is added: as many as the library has, at most this many. */
const MOST = 100_000;
const MANY = 9;
const TIMEOUT_MS = 900_000;
/** Milliseconds between two reads of a list during the load. */
const PAUSE_MS = 100;
const READS_AT_REST = 30;
/** Milliseconds after which what follows a change has begun. */
const SETTLE_MS = 1000;

export async function addProjectCase({ library, people, record }: Bench): Promise<Results> {
  const [ada, ben] = await people();
  const assets = Math.min(MOST, library.assets);
  // A small library shows the difference without taking minutes.
  const many = library.assets > MOST ? MANY : 2;
  const projectIds: string[] = [];
  for (let index = 0; index < many; index++) {
    const seeded = await seedLibrary(library.sql, { assets, projects: 1, seed: 3 + index });
    projectIds.push(...seeded.projectIds);
  }
  await library.sql`VACUUM ANALYZE`;
  // Ben's browser would load them at the same time.
  await Promise.all([ada, ben].map((visitor) => leave(visitor, projectIds)));
  const [first = ''] = projectIds;
  const floor = await floorOf(library, first);
  const atRest: number[] = [];
  for (let round = 0; round < READS_AT_REST; round++) atRest.push(await readList(ada.page, library));

  const chunks = countChunks(ada);
  const one = await record('add-project', ada.context, () => add(ada, library, [first]));
  if (chunks() === 0) throw new Error('The project did not come prepared.');
  await leave(ada, [first]);
  await ada.context.route('**/api/prepared-projects/*', (route) => route.fulfill({ status: 404 }));
  const rows = await add(ada, library, [first]);
  await ada.context.unrouteAll();
  await leave(ada, [first]);
  const all = await add(ada, library, projectIds);

  const label = (count: number) => `${count.toLocaleString('en')} assets`;
  const figures: Figure[] = [
    { what: `${label(one.assets)}: fetched and copied alone, the floor`, value: floor, unit: 's' },
    { what: 'a list at rest, p50', value: percentile(atRest, 0.5), unit: 'ms' },
    { what: 'a list at rest, p95', value: percentile(atRest, 0.95), unit: 'ms' },
    { what: `${label(one.assets)}: added, prepared`, value: one.seconds, unit: 's', target: { atMost: 4 } },
    { what: `${label(one.assets)}: a list meanwhile, p50`, value: one.listP50, unit: 'ms' },
    { what: `${label(one.assets)}: a list meanwhile, p95`, value: one.listP95, unit: 'ms' },
    { what: `${label(rows.assets)}: added, row by row`, value: rows.seconds, unit: 's' },
    { what: `${label(rows.assets)}: a list meanwhile, row by row, p95`, value: rows.listP95, unit: 'ms' },
    {
      what: `${label(all.assets)} in ${many} projects: added, prepared`,
      value: all.seconds,
      unit: 's',
      target: { atMost: (45 * all.assets) / 900_000 },
    },
    { what: `${label(all.assets)} in ${many} projects: a list meanwhile, p95`, value: all.listP95, unit: 'ms' },
  ];
  await leave(ada, projectIds);
  return new Map([[OURS, figures]]);
}

interface Added {
  readonly assets: number;
  readonly seconds: number;
  readonly listP50: number;
  readonly listP95: number;
}

/** Adds projects as a person does in the list of projects, and reads the first page of the shown list again and again. */
async function add({ page }: Visitor, library: Library, projects: readonly string[]): Promise<Added> {
  const lists: number[] = [];
  const began = performance.now();
  await choose(page, projects, 'pinned');
  for (;;) {
    lists.push(await readList(page, library));
    const states = await statesOf(page, projects);
    if (states.every((state) => state === 'here')) break;
    if (performance.now() - began > TIMEOUT_MS) throw new Error('The projects were not here in time.');
    await delay(PAUSE_MS);
  }
  return {
    assets: await sizeOf(library, projects),
    seconds: (performance.now() - began) / 1000,
    listP50: percentile(lists, 0.5),
    listP95: percentile(lists, 0.95),
  };
}

/** @returns a function that returns how many chunks of prepared projects have been requested since. */
function countChunks({ context }: Visitor): () => number {
  let count = 0;
  context.on('request', (request) => {
    if (/\/api\/prepared-projects\/[^/]+\/[^/]+\//.test(request.url())) count++;
  });
  return () => count;
}

function readList(page: Page, { large }: Library): Promise<number> {
  const text = 'SELECT id, name FROM assets WHERE package_id = $1 AND deleted_at IS NULL ORDER BY name, id LIMIT 240';
  return queryTime(page, text, [large.id]);
}

/** Removes projects from the device. */
async function leave({ page }: Visitor, projects: readonly string[]): Promise<void> {
  await waitFor('the projects are known', async () => !(await statesOf(page, projects)).includes(undefined), 60_000);
  await choose(page, projects, 'unfollowed');
  const gone = async () => (await statesOf(page, projects)).every((state) => state === 'absent');
  await waitFor('the projects have left', gone, TIMEOUT_MS);
  // The pages of the rows are freed next, which holds up every read.
  await delay(SETTLE_MS);
  await queryTime(page, 'SELECT 1', []);
}

interface WithReplica {
  readonly ingestHub: {
    readonly replica: {
      chooseProject(id: string, choice: string): Promise<void>;
      status(): { projects: ReadonlyMap<string, { state: string }> };
    };
  };
}

async function choose(page: Page, projects: readonly string[], choice: string): Promise<void> {
  await page.evaluate(
    async (chosen) => {
      const { replica } = (globalThis as unknown as WithReplica).ingestHub;
      for (const id of chosen.projects) await replica.chooseProject(id, chosen.choice);
    },
    { projects, choice },
  );
}

function statesOf(page: Page, projects: readonly string[]): Promise<(string | undefined)[]> {
  return page.evaluate((ids) => {
    const { projects: known } = (globalThis as unknown as WithReplica).ingestHub.replica.status();
    return ids.map((id) => known.get(id)?.state);
  }, projects);
}

async function sizeOf({ sql }: Library, projects: readonly string[]): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    SELECT count(*)::integer AS count FROM assets WHERE project_id = ANY (${projects}::uuid[])`;
  return row.count;
}

/** @returns the seconds to fetch a prepared project and to copy it into bare tables of an empty PGlite. */
async function floorOf({ product }: Library, project: string): Promise<number> {
  const address = `${product.url}/api/prepared-projects/${project}`;
  const answer = async () => {
    // Preparing may take longer than one request waits.
    const response = await fetch(address).catch(() => null);
    return response?.status === 200 ? preparedProject.parse(await response.json()) : null;
  };
  await waitFor('the project is prepared', async () => (await answer()) !== null, TIMEOUT_MS);
  const prepared = await answer();
  const database = await PGlite.create();
  await database.exec(`
    CREATE TABLE folders (package_id uuid, number integer, project_id uuid, path text);
    CREATE TABLE asset_tags (asset_id uuid, tag text, package_id uuid, project_id uuid);`);
  const began = performance.now();
  for (const { name, columns, chunks } of prepared?.shapes ?? []) {
    if (name === 'assets') await database.exec(`CREATE TABLE assets (${columns.map(bareColumn).join(', ')})`);
    for (const index of chunks.keys()) {
      const response = await fetch(`${address}/${prepared?.id}/${name}/${index}`);
      const blob = new Blob([COPY_HEADER, await response.arrayBuffer(), COPY_TRAILER]);
      await database.query(`COPY ${name} (${columns.join(', ')}) FROM '/dev/blob' (FORMAT binary)`, [], { blob });
    }
  }
  const seconds = (performance.now() - began) / 1000;
  await database.close();
  return seconds;
}

/** Any bytes are a bytea, so a table of them takes every binary copy. */
function bareColumn(name: string): string {
  return `${name} bytea`;
}
