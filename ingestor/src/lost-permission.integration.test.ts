/** A folder or file whose permission is lost is told of, counts as neither new nor gone, and recovers. */
import { chmod } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DaemonProcess, startDaemon } from './testing/ihub-process.ts';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

/** Root reads what nobody else may: without these rights it obeys modes as others do. */
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

test('a folder that cannot be read any more is a problem of its package, and its files are not gone', async () => {
  await chmod(library.at('day/two'), 0o000);
  // While it is looked at once more it has no problem for a moment.
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

test('when it can be read again the problem is over, and what came meanwhile is found', async () => {
  await library.pictures('day', 'two/c.png');
  await chmod(library.at('day/two'), 0o755);
  await until(async () => (await library.package(packageId))['problem'] === null);
  await library.atRest(packageId);
  expect(await paths()).toEqual(['one/a.png false', 'two/b.png false', 'two/c.png false']);
});
