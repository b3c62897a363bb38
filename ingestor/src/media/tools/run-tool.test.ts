import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runTool, ToolFailure } from './run-tool.ts';

const never = new AbortController().signal;

test('runTool returns what the program printed', async () => {
  const { stdout } = await runTool('printf', ['%s', '$HOME *'], { signal: never, timeoutMs: 10_000 });
  expect(stdout.toString()).toBe('$HOME *');
});

test.each([
  ['missing', 'ihub-no-such-program', [], {}],
  ['exit', 'ls', ['/no/such/folder'], {}],
  ['signal', 'sh', ['-c', 'kill -SEGV $$'], {}],
  ['timeout', 'sleep', ['60'], { timeoutMs: 50 }],
  ['output', 'yes', [], { maxOutput: 1000 }],
])('runTool fails with the reason %s', async (reason, tool, args, options) => {
  const failure = await runTool(tool, args, { signal: never, timeoutMs: 10_000, ...options }).catch((error) => error);
  expect(failure).toBeInstanceOf(ToolFailure);
  expect(failure.reason).toBe(reason);
});

test('runTool fails with the reason memory when a program exceeds its memory limit', async () => {
  const script = `
    import { runTool, ToolFailure } from ${JSON.stringify(new URL('./run-tool.ts', import.meta.url).href)};
    const signal = new AbortController().signal;
    const failure = await runTool('tail', ['-n', '1', '/dev/zero'], { signal, timeoutMs: 60_000 }).catch((error) => error);
    console.log(failure.reason, failure.lastWords);`;
  const env = { ...process.env, IHUB_TOOL_MEMORY_GB: '0.25' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  expect(stdout.trim()).toBe('memory 250000000');
});

test("runTool keeps the program's last words", async () => {
  const failure = await runTool('ls', ['/no/such/folder'], { signal: never, timeoutMs: 10_000 }).catch(
    (error) => error,
  );
  expect(failure.lastWords).toContain('/no/such/folder');
});

test('runTool ends a program that hangs while it aborts, and reports a crash', async () => {
  const script = "console.error('double free or corruption (!prev)'); setTimeout(() => {}, 60_000)";
  const error = await runTool(process.execPath, ['-e', script], { signal: never, timeoutMs: 30_000 }).catch(
    (failure) => failure,
  );
  expect(error).toMatchObject({ reason: 'signal', lastWords: expect.stringMatching(/^SIGABRT\ndouble free/) });
});

test('runTool ends the program and its children when the signal aborts', async () => {
  const abort = new AbortController();
  // The grandchild holds the pipe open: the call returns only when the grandchild is dead too.
  let grandchild = 0;
  const running = runTool('sh', ['-c', 'sleep 60 & echo $!; wait'], {
    signal: abort.signal,
    timeoutMs: 60_000,
    onOutput: (chunk) => {
      grandchild = Number(chunk.toString());
      abort.abort(new Error('enough'));
    },
  });
  await expect(running).rejects.toThrow('enough');
  expect(grandchild).toBeGreaterThan(1);
  expect(await isRunning(grandchild)).toBe(false);
});

test('runTool ends the program when its parent process is killed', async () => {
  const script = `
    import { runTool } from ${JSON.stringify(new URL('./run-tool.ts', import.meta.url).href)};
    const signal = new AbortController().signal;
    const onOutput = (chunk) => process.stdout.write(chunk);
    await runTool('sh', ['-c', 'echo $$; exec sleep 60'], { signal, timeoutMs: 60_000, onOutput });`;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(runner.stdout, 'data')) as [Buffer];
  runner.kill('SIGKILL');
  await once(runner, 'close');
  await expect.poll(() => isRunning(Number(chunk.toString()))).toBe(false);
});

test('runTool reports a missing working folder, and not a missing program', async () => {
  const running = runTool('true', [], { signal: never, timeoutMs: 10_000, cwd: '/no/such/folder' });
  await expect(running).rejects.not.toBeInstanceOf(ToolFailure);
});

test('runTool feeds a program, which may end before it has read everything', async () => {
  async function* numbers() {
    for (let number = 0; number < 20_000; number++) yield Buffer.from(`${number}\n`);
  }
  const options = { signal: never, timeoutMs: 10_000 };
  expect((await runTool('tail', ['-n', '1'], { ...options, input: numbers() })).stdout.toString()).toBe('19999\n');
  expect((await runTool('head', ['-n', '1'], { ...options, input: numbers() })).stdout.toString()).toBe('0\n');
});

test('runTool ends the program when its input fails, and reports why the input failed', async () => {
  async function* broken() {
    yield Buffer.from('one');
    throw new Error('no more');
  }
  const running = runTool('cat', [], { signal: never, timeoutMs: 10_000, input: broken() });
  await expect(running).rejects.toThrow('no more');
});

/** A zombie, which waits for its new parent to reap it, does not count as running. */
async function isRunning(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/^[ZX]/.test(state.slice(state.lastIndexOf(')') + 2));
}
