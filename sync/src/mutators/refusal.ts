/** Rejections of mutations, worded for the client and derived from Postgres' error codes. */

import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import type { ErrorCode, WireError } from '@ingesthub/schema/values/errors.ts';
import postgres from 'postgres';

/** Rolls back the transaction and becomes the client's answer. */
export class Refusal extends Error {
  readonly wire: WireError;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.wire = { code, message };
  }
}

/** Error codes of Postgres. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const NOT_NULL_VIOLATION = '23502';

/** Classes of errors that a retry cannot cure: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const FINAL_CLASSES: Readonly<Record<string, string>> = {
  22: 'A text in this change contains characters that cannot be stored. Remove them and make the change again.',
  23: 'A value in this change is not allowed. Make the change again with another value.',
  54: 'A text in this change is too long to be stored. Shorten it and make the change again.',
};

/** Names for one row of each table, as used in messages. */
const NOUNS = {
  assets: 'asset',
  asset_tags: 'asset',
  projects: 'project',
  subjects: 'subject',
  packages: 'package',
  saved_filters: 'saved filter',
  corrections: 'correction',
  runs: 'run',
  incoming: 'folder',
} as const;

export function nothingFound({ name }: Mutation): Refusal {
  return new Refusal('not_found', `This change names no ${NOUNS[mutatorOf(name).table]} that still exists.`);
}

export function idTaken({ name }: Mutation): Refusal {
  return new Refusal('conflict', `Another ${NOUNS[mutatorOf(name).table]} already has this id. Create it again.`);
}

export function noReader(folder: string): Refusal {
  return new Refusal(
    'invalid_arguments',
    `No ingestor reads ${folder}. Correct the package’s folder, or add a folder that contains it to an ingestor’s MEDIA_ROOT_PATHS.`,
  );
}

export function noSuchSubject(): Refusal {
  return new Refusal('not_found', 'The subject that this change names no longer exists or belongs to another project.');
}

/** Returns the rejection for an error that every retry would repeat, by Postgres' error classes; null if a retry may succeed. */
export function finalRefusal(error: postgres.PostgresError): Refusal | null {
  const message = FINAL_CLASSES[error.code.slice(0, 2)];
  return message === undefined ? null : new Refusal('invalid_arguments', message, { cause: error });
}

/** Returns the rejection that a Postgres error stands for; any other error is returned unchanged. */
export function refusalOf(error: unknown, mutation: Mutation): unknown {
  if (!(error instanceof postgres.PostgresError)) return error;
  const { code, constraint_name: constraint = '' } = error;
  const noun = NOUNS[mutatorOf(mutation.name).table];
  if (code === UNIQUE_VIOLATION) {
    const message =
      constraint === 'packages_source_path'
        ? 'This project already has a package of this folder, perhaps a deleted one. Open or restore that package.'
        : `The name “${wantedName(mutation, error)}” is taken by another ${noun}. Choose another name, or rename that ${noun} first.`;
    return new Refusal('conflict', message, { cause: error });
  }
  if (code === FOREIGN_KEY_VIOLATION) {
    const missing = constraint.includes('subject_id')
      ? 'subject'
      : constraint.includes('project_id')
        ? 'project'
        : constraint.includes('package_id')
          ? 'package'
          : noun;
    return new Refusal('not_found', `The ${missing} that this change names no longer exists.`, { cause: error });
  }
  // A run takes its project from its package.
  if (code === NOT_NULL_VIOLATION && error.table_name === 'runs' && error.column_name === 'project_id') {
    return new Refusal('not_found', 'The package that this change names no longer exists.', { cause: error });
  }
  return error;
}

/** Returns the name that a mutation requests; a restored row brings its own, which Postgres reports in lower case. */
function wantedName({ args }: Mutation, { detail = '' }: postgres.PostgresError): string {
  if ('set' in args && 'name' in args.set && args.set.name !== undefined) return args.set.name;
  // Key (project_id, lower(name))=(0198…, ada) already exists.
  return /=\((?:[0-9a-f-]{36}, )?(.*)\)/.exec(detail)?.[1] ?? '';
}
