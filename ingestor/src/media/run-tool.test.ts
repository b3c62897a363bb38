import { expect, test } from 'vitest';
import { runTool, ToolFailure } from './run-tool.ts';

const never = new AbortController().signal;

test('runTool gives what the program printed', async () => {
  const { stdout } = await runTool('printf', ['%s', '$HOME *'], { signal: never, timeoutMs: 10_000 });
  expect(stdout.toString()).toBe('$HOME *');
});

test.each([
  ['missing', 'ihub-no-such-program', [], {}],
  ['exit', 'ls', ['/no/such/folder'], {}],
  ['timeout', 'sleep', ['60'], { timeoutMs: 50 }],
  ['output', 'yes', [], { maxOutput: 1000 }],
])('runTool fails with the reason %s', async (reason, tool, args, options) => {
  const failure = await runTool(tool, args, { signal: never, timeoutMs: 10_000, ...options }).catch((error) => error);
  expect(failure).toBeInstanceOf(ToolFailure);
  expect(failure.reason).toBe(reason);
});

test("runTool keeps the program's last words", async () => {
  const failure = await runTool('ls', ['/no/such/folder'], { signal: never, timeoutMs: 10_000 }).catch(
    (error) => error,
  );
  expect(failure.lastWords).toContain('/no/such/folder');
});

test('runTool ends the program and its children when the signal aborts', async () => {
  const abort = new AbortController();
  // The grandchild holds the pipe open: the call returns only when it is dead too.
  const running = runTool('sh', ['-c', 'sleep 60 & wait'], { signal: abort.signal, timeoutMs: 60_000 });
  abort.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});
