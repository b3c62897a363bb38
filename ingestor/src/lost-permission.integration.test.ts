/** A folder or file that can no longer be read is reported, counts as neither new nor missing, and recovers. */
import { chmod } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DaemonProcess, startDaemon } from './testing/ihub-process.ts';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

/** Makes root obey file modes as other users do, by dropping two capabilities. */
const OBEYING: readonly string[] =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search']
    : [];

let library: TestLibrary;
let daemon: DaemonProcess;
let packageId: string;

beforeAll(async () => {
  library = await TestLibrary.make();
  daemon = startDaemon(library.env, OBEYING);
  await daemon.ready;
  await library.pictures('day', 'one/a.png', 'two/b.png');
  packageId = await library.ingest('day');
});
afterAll(async () => {
  await chmod(library.at('day/two'), 0o755);
  await daemon[Symbol.asyncDispose]();
  await library[Symbol.asyncDispose]();
});

const paths = async () => (await library.assets(packageId)).map(({ path, missing }) => `${path} ${missing}`);

test('a folder that becomes unreadable is reported on its package, and its files are not marked missing', async () => {
  await chmod(library.at('day/two'), 0o000);
  // During a rescan the problem is absent for a moment.
  await until(async () => {
    const { status, problem } = await library.package(packageId);
    return status === 'ready' && String(problem).includes('two (permission denied)');
  });
  expect(await paths()).toEqual(['one/a.png false', 'two/b.png false']);
  await until(async () => {
    const { problems } = (await library.ihub('status')) as { problems: { of: string; problem: string }[] };
    return problems.some(({ of, problem }) => of === 'package' && problem.includes('two (permission denied)'));
  });
});

test('a folder that becomes readable again clears the problem, and its new files are found', async () => {
  await library.pictures('day', 'two/c.png');
  await chmod(library.at('day/two'), 0o755);
  await until(async () => (await library.package(packageId))['problem'] === null);
  await library.atRest(packageId);
  expect(await paths()).toEqual(['one/a.png false', 'two/b.png false', 'two/c.png false']);
});
