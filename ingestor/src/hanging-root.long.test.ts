/** A hanging media root stops neither the other roots nor the daemon's exit, and its work continues when it answers. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HangingDrive, whyNoDrive } from './testing/hanging-drive.ts';
import { runIhub, startDaemon } from './testing/ihub-process.ts';
import { TestLibrary } from './testing/library.ts';
import { makePicture } from './testing/media-files.ts';
import { until } from './testing/until.ts';

const why = whyNoDrive();
if (why !== null) console.info(why);

describe.skipIf(why !== null)('a media root that hangs', () => {
  let library: TestLibrary;
  let drive: HangingDrive;
  let env: Record<string, string>;
  const PICTURES = 60;

  beforeAll(async () => {
    library = await TestLibrary.make();
    const behind = path.join(library.base, 'behind');
    await mkdir(behind);
    for (let index = 0; index < PICTURES; index += 1) {
      await makePicture(path.join(behind, `big/p${index}.png`), 1000 + index);
    }
    drive = await HangingDrive.mount(behind, path.join(library.base, 'nas'));
    env = { MEDIA_ROOT_PATHS: `${library.root}:${drive.folder}`, IHUB_ROOT_PATIENCE_SECONDS: '3' };
    await library.start(env);
  });
  afterAll(async () => {
    await drive[Symbol.asyncDispose]();
    await library[Symbol.asyncDispose]();
  });

  const rootProblem = async () => {
    const [row] = await library.sql<{ problem: string | null }[]>`
      SELECT problem FROM media_roots WHERE path = ${drive.folder}`;
    return row?.problem ?? null;
  };

  test('does not stop work on the other roots, and its own work continues when it is back', async () => {
    const { run, package: big } = await library.ihub('ingest', `${drive.folder}/big`, '--project', 'Demo', '--no-wait');
    await until(async () => (await library.assets(big.id)).some(({ thumbnail }) => thumbnail === 'ready'));
    drive.hang();
    await until(async () => (await rootProblem())?.includes('does not answer') === true);

    await library.pictures('here', 'a.png', 'b.png');
    const here = await library.ingest('here');
    expect((await library.assets(here)).map(({ thumbnail }) => thumbnail)).toEqual(['ready', 'ready']);
    const status = await library.ihub('status');
    expect(status.roots).toContainEqual(
      expect.objectContaining({ path: drive.folder, problem: expect.stringContaining('does not answer') }),
    );
    expect(status.ingestors[0].problem).toContain(`The media root ${drive.folder} does not answer`);
    expect(await library.package(big.id)).toMatchObject({ status: 'processing' });

    drive.resume();
    await until(async () => {
      const [row] = await library.sql`SELECT status FROM runs WHERE id = ${run.id}`;
      return row?.['status'] === 'done';
    });
    const assets = await library.assets(big.id);
    expect(assets.filter(({ thumbnail, missing }) => thumbnail === 'ready' && !missing)).toHaveLength(PICTURES);
    await until(async () => (await rootProblem()) === null);
  });

  test('does not stop a daemon from starting and exiting, or ihub doctor from answering', async () => {
    drive.hang();
    const second = startDaemon({ ...library.env, ...env, IHUB_INGESTOR: 'second' });
    await second.ready;
    const doctor = await runIhub(['doctor', '--json'], { ...library.env, ...env });
    expect(JSON.parse(doctor.stdout).checks).toContainEqual({
      check: 'media root',
      status: 'failed',
      message: `${drive.folder} does not answer.`,
      advice: 'check that its drive or server is up',
    });
    second.kill('SIGTERM');
    await second.ended;
    drive.resume();
  });

  test.each([
    ['scan', []],
    ['ingest', ['--project', 'Demo', '--yes']],
  ])(
    'ends ihub %s with a clear error, and a folder on another drive is looked at all the same',
    async (command, options) => {
      drive.hang();
      const { code, stderr } = await runIhub([command, `${drive.folder}/big`, ...options], {
        ...library.env,
        ...env,
        IHUB_ROOT_PATIENCE_SECONDS: '6',
      });
      expect(stderr).toContain(`${drive.folder}/big has not answered yet; waiting for it`);
      expect(stderr).toContain(`ihub: ${drive.folder}/big does not answer, like a network drive that is away`);
      expect(code).toBe(1);
      const other = await runIhub(['scan', `${library.root}/here`, '--json'], { ...library.env, ...env });
      expect([other.code, JSON.parse(other.stdout).path]).toEqual([0, `${library.root}/here`]);
      drive.resume();
    },
  );
});
