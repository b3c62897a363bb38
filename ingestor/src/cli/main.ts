/** Runs one call of `ihub`: parses it, runs the command, and sets the exit status. */

import type { CommandContext } from './context/command-context.ts';
import { loadCommand } from './load-command.ts';
import { type Invocation, outputFormat, parseArguments } from './spec/arguments.ts';
import { createOutput, type Output } from './terminal/output.ts';

const INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** Time for a daemon to end its jobs before the process is killed. */
const DAEMON_GRACE_MS = 9500;
/** Time for a command that waits for a database or a drive. */
const COMMAND_GRACE_MS = 2000;

export async function main(argv: readonly string[]): Promise<void> {
  const output = createOutput(outputFormat(argv));
  const stop = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => stop.abort());
  // The parent process is gone.
  const orphaned = () => stop.abort();
  process.on('disconnect', orphaned);
  // `ihub list packages | head`: the reader closed the pipe on purpose.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    await run(parseArguments(argv), output, stop.signal);
  } catch (error) {
    await explain(error, output, stop.signal);
    // Work that still waits for a hanging drive would keep this process running.
    setTimeout(end, COMMAND_GRACE_MS).unref();
  }
  process.off('disconnect', orphaned);
  if (process.connected) process.disconnect();
}

async function run(invocation: Invocation, output: Output, signal: AbortSignal): Promise<void> {
  switch (invocation.command) {
    case 'help': {
      const { helpText } = await import('./spec/help.ts');
      process.stdout.write(helpText(invocation.about));
      return;
    }
    case 'version': {
      const { VERSION } = await import('../settings/version.ts');
      process.stdout.write(`${VERSION}\n`);
      return;
    }
    default: {
      const isDaemon = invocation.command === 'daemon';
      const endAnyway = () => {
        setTimeout(end, isDaemon ? DAEMON_GRACE_MS : COMMAND_GRACE_MS).unref();
      };
      signal.addEventListener('abort', endAnyway);
      const context: CommandContext = {
        output,
        signal,
        setFailed: () => {
          process.exitCode = 1;
        },
      };
      await (await loadCommand(invocation.command))(invocation, context);
    }
  }
}

/** Ends at once. `process.exit` would wait for threads that a hanging drive blocks. */
function end(): void {
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  process.kill(process.pid, 'SIGINT');
}

async function explain(error: unknown, output: Output, signal: AbortSignal): Promise<void> {
  output.progress(null);
  if (signal.aborted) {
    process.exitCode = INTERRUPTED;
    return;
  }
  const { describeError } = await import('./context/command-error.ts');
  const { exitCode, code, message } = describeError(error);
  output.error(code, message);
  process.exitCode = exitCode;
}
