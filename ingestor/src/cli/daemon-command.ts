/** `ihub daemon`: the ingestor itself. */
import { readDaemonConfig } from '../config.ts';
import { runDaemon } from '../daemon.ts';
import type { Command } from './command-context.ts';

export const daemonCommand: Command = async (_given, { signal }) => {
  // The reader of the log may end before the daemon does: that is no reason to leave work half done.
  process.stdout.on('error', () => {});
  await runDaemon(readDaemonConfig(), signal, { onReady: () => process.send?.('ready') });
};
