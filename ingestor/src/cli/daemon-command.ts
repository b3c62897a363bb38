/** `ihub daemon`: the ingestor itself. */
import { readDaemonConfig } from '../config.ts';
import { runDaemon } from '../daemon.ts';
import type { Command } from './command-context.ts';

export const daemonCommand: Command = async (_given, { signal }) => {
  // The log's reader may exit before the daemon does, which must not leave work half done.
  process.stdout.on('error', () => {});
  await runDaemon(readDaemonConfig(), signal, { onReady: () => process.send?.('ready') });
};
