import type { Command } from './context/command-context.ts';
import type { CommandName } from './spec/commands.ts';

/** Loads a command's code when it is called: image and validation libraries would slow down every start. */
const loaders: Readonly<Record<CommandName, () => Promise<Command>>> = {
  scan: async () => (await import('./commands/scan-command.ts')).scanCommand,
  ingest: async () => (await import('./commands/ingest-command.ts')).ingestCommand,
  list: async () => (await import('./commands/list-command.ts')).listCommand,
  status: async () => (await import('./commands/status-command.ts')).statusCommand,
  rescan: async () => (await import('./commands/rescan-command.ts')).rescanCommand,
  retry: async () => (await import('./commands/retry-command.ts')).retryCommand,
  pause: async () => (await import('./commands/hold-command.ts')).holdCommand('paused'),
  resume: async () => (await import('./commands/hold-command.ts')).holdCommand(null),
  cancel: async () => (await import('./commands/hold-command.ts')).holdCommand('cancelled'),
  accept: async () => (await import('./commands/decide-command.ts')).decideCommand('accepted'),
  dismiss: async () => (await import('./commands/decide-command.ts')).decideCommand('dismissed'),
  corrections: async () => (await import('./commands/corrections-command.ts')).correctionsCommand,
  links: async () => (await import('./commands/links-command.ts')).linksCommand,
  doctor: async () => (await import('./commands/doctor/doctor-command.ts')).doctorCommand,
  daemon: async () => (await import('./commands/daemon-command.ts')).daemonCommand,
  completion: async () => (await import('./commands/completion-command.ts')).completionCommand,
};

export function loadCommand(name: CommandName): Promise<Command> {
  return loaders[name]();
}
