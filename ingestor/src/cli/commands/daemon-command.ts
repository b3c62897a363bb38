/** `ihub daemon`: the ingestor itself. */

import { runDaemon } from '../../daemon/daemon.ts';
import { readDaemonConfig } from '../../settings/config.ts';
import type { Command } from '../context/command-context.ts';

export const daemonCommand: Command = async (_given, { signal }) => {
  // The log's reader may exit before the daemon does, which must not leave work half done.
  process.stdout.on('error', () => {});
  await runDaemon(readDaemonConfig(), signal, { onReady: () => process.send?.('ready') });
};
