/**
 * The worker of one tab. All tabs' workers ask for one lock: the one that has it leads, and when it ends,
 * the next one does. This much begins PGlite's programs on their way before the rest is even read.
 */
import { pglitePrograms } from '../replica-image/pglite-programs.ts';
import type { RestartMessage } from './tab-messages.ts';

/** Milliseconds until another worker tries, where the rest could not be fetched. */
const RETRY_MS = 5_000;

// Every tab has it at hand: it may lead next, and without a network.
const leading = import('./lead.ts');
leading.catch(() => setTimeout(() => self.postMessage('restart' satisfies RestartMessage), RETRY_MS));

async function lead(durable: boolean): Promise<void> {
  const programs = pglitePrograms();
  programs.catch(() => {});
  await (await leading).lead(durable, programs);
}

// Without a secure origin there are no locks: the tab is on its own, and its channel has a name of its own.
const locks: LockManager | undefined = navigator.locks;
if (locks === undefined) void lead(false);
else void locks.request(`${self.name}:leader`, () => lead(true));
