/** Tests a daemon with a model that reads the names in deliveries. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeModel, startFakeModel } from './testing/fake-model.ts';
import type { DaemonProcess } from './testing/ihub-process.ts';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

let gemini: FakeModel;
let library: TestLibrary;
let daemon: DaemonProcess;
/** Delays the model's answers. */
let answers = Promise.withResolvers<void>();

beforeAll(async () => {
  gemini = await startFakeModel('gemini');
  gemini.waitFor(() => answers.promise);
  library = await TestLibrary.make({
    GOOGLE_API_KEY: 'secret-key',
    GEMINI_MODEL: 'test-model-9',
    GEMINI_BASE_URL: gemini.url,
  });
  daemon = await library.start();
});
afterAll(async () => {
  await library[Symbol.asyncDispose]();
  await gemini[Symbol.asyncDispose]();
});

async function placed(packageId: string): Promise<string[]> {
  const rows = await library.sql`
    SELECT concat_ws(' ', relative_path, subjects.name, camera) AS text
    FROM assets JOIN subjects ON subjects.id = subject_id
    WHERE package_id = ${packageId} ORDER BY relative_path COLLATE "C"`;
  return rows.map(({ text }) => text);
}

test('ihub ingest registers by rules at once, and the model then places untouched assets', async () => {
  answers = Promise.withResolvers();
  await library.pictures('named', 'jane/a.png', 'jane/b.png', 'bob/B_CAM/c.png');
  const { run, package: made } = await library.ihub('ingest', 'named', '--project', 'Demo', '--no-wait');
  const assets = await until(async () => {
    const rows = await library.assets(made.id);
    return rows.length === 3 && rows.every(({ thumbnail }) => thumbnail === 'ready') && rows;
  });
  expect((await library.package(made.id))['proposal']).toMatchObject({ source: 'rules' });
  // At any moment from the registration on, whether the model has been asked yet or not.
  await library.sql`UPDATE assets SET camera = 'cam_mine' WHERE id = ${assets[2]?.id ?? ''}`;
  const [, , b] = await placed(made.id);
  answers.resolve();
  await until(async () => {
    const [row] = await library.sql`SELECT status FROM runs WHERE id = ${run.id}`;
    return row?.['status'] === 'done';
  });
  expect(await placed(made.id)).toEqual(['bob/B_CAM/c.png bob cam_b', 'jane/a.png jane', b]);
  expect((await library.package(made.id))['proposal']).toMatchObject({ source: 'gemini', model: 'test-model-9' });
});

test('a slow model does not delay the watching of other folders', async () => {
  answers = Promise.withResolvers();
  await library.pictures('slow', 'jane/d.png');
  await library.incoming('slow', 'settling');
  const asked = gemini.seen.length;
  await until(async () => gemini.seen.length > asked);
  await library.pictures('emptied', 'a.png');
  await library.incoming('emptied', 'settling');
  answers.resolve();
  expect((await library.incoming('slow', 'proposed'))['proposal']).toMatchObject({ source: 'gemini' });
});

test('a restarted daemon asks the model again when its predecessor was killed before the answer', async () => {
  answers = Promise.withResolvers();
  await library.pictures('killed', 'jane/a.png', 'bob/b.png');
  const asked = gemini.seen.length;
  const { package: made } = await library.ihub('ingest', 'killed', '--project', 'Demo', '--no-wait');
  await until(async () => gemini.seen.length > asked && (await library.assets(made.id)).length === 2);
  daemon.kill('SIGKILL');
  await daemon.ended;
  answers.resolve();
  daemon = await library.start();
  await until(async () => (await library.package(made.id))['status'] === 'ready');
  expect(await placed(made.id)).toEqual(['bob/b.png bob cam_a', 'jane/a.png jane cam_a']);
});

test('a failing model is reported in the proposal, which the rules make', async () => {
  gemini.behave('bad key');
  await library.pictures('failing', 'jane/a.png');
  const { proposal } = await library.incoming('failing', 'proposed');
  expect(proposal).toMatchObject({ source: 'rules', problems: [expect.any(String)] });
  const id = await library.ingest('failing');
  expect((await library.package(id))['proposal']).toMatchObject({ source: 'rules', problems: [expect.any(String)] });
  expect((await library.assets(id)).map(({ thumbnail }) => thumbnail)).toEqual(['ready']);
});
