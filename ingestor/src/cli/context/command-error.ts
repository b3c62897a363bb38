import { EnvironmentError } from '@ingesthub/schema/environment/parse-environment.ts';
import type { ErrorCode } from '@ingesthub/schema/values/errors.ts';
import { FolderError } from '../../scan/check-folder.ts';
import { DatabaseUnreachable, isAway } from '../../sql/client.ts';
import { UsageError } from '../spec/usage-error.ts';

/** A command that could not do its job; the message is one sentence for people. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Postgres' error code for a missing table. */
const UNDEFINED_TABLE = '42P01';

/** Describes an error as an exit code, a wire code and one sentence. */
export function describeError(error: unknown): { exitCode: 1 | 2; code: ErrorCode; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) return { exitCode: 2, code: 'invalid_arguments', message };
  if (error instanceof CommandError || error instanceof FolderError) return { exitCode: 1, code: error.code, message };
  if (error instanceof EnvironmentError || error instanceof DatabaseUnreachable) {
    return { exitCode: 1, code: 'unavailable', message };
  }
  if ((error as { code?: unknown } | null)?.code === UNDEFINED_TABLE) {
    return { exitCode: 1, code: 'unavailable', message: 'This database has no library yet. Start IngestHub on it.' };
  }
  if (isAway(error)) {
    return {
      exitCode: 1,
      code: 'unavailable',
      message: `The database stopped answering (${(error as { code?: string }).code ?? message}). Try again when it is back.`,
    };
  }
  return { exitCode: 1, code: 'internal', message: message.split('\n', 1)[0] ?? message };
}
