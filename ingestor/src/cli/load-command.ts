import type { Command } from './command-context.ts';
import type { CommandName } from './commands.ts';

/** Loads a command's code when it is called: image and validation libraries would slow down every start. */
const loaders: Readonly<Record<CommandName, () => Promise<Command>>> = {
  scan: async () => (await import('./scan-command.ts')).scanCommand,
  ingest: async () => (await import('./ingest-command.ts')).ingestCommand,
  list: async () => (await import('./list-command.ts')).listCommand,
  status: async () => (await import('./status-command.ts')).statusCommand,
  rescan: async () => (await import('./rescan-command.ts')).rescanCommand,
  retry: async () => (await import('./retry-command.ts')).retryCommand,
  pause: async () => (await import('./hold-command.ts')).holdCommand('paused'),
  resume: async () => (await import('./hold-command.ts')).holdCommand(null),
  cancel: async () => (await import('./hold-command.ts')).holdCommand('cancelled'),
  accept: async () => (await import('./decide-command.ts')).decideCommand('accepted'),
  dismiss: async () => (await import('./decide-command.ts')).decideCommand('dismissed'),
  links: async () => (await import('./links-command.ts')).linksCommand,
  doctor: async () => (await import('./doctor/doctor-command.ts')).doctorCommand,
  daemon: async () => (await import('./daemon-command.ts')).daemonCommand,
  completion: async () => (await import('./completion-command.ts')).completionCommand,
};

export function loadCommand(name: CommandName): Promise<Command> {
  return loaders[name]();
}
