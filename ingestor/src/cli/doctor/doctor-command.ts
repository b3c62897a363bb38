import type { Command } from '../command-context.ts';
export const doctorCommand: Command = async () => {};
