/** What a mutation is refused for, in the client's words: by the code of what Postgres did not take. */
import type { ErrorCode, WireError } from '@ingesthub/schema/errors.ts';
import type { Mutation } from '@ingesthub/schema/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutators/mutators.ts';
import postgres from 'postgres';

/** Ends the transaction and becomes the client's answer. */
export class Refusal extends Error {
  readonly wire: WireError;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.wire = { code, message };
  }
}

/** Postgres' codes. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
const NOT_NULL_VIOLATION = '23502';

/** Of Postgres' codes: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const FINAL_CLASSES: Readonly<Record<string, string>> = {
  22: 'It has a text with characters that cannot be stored; take them out and make the change again.',
  23: 'It has a value that the library does not allow; make the change again with another.',
  54: 'It has a text that is too long to be stored; shorten it and make the change again.',
};

/** What one row of a table is called. */
const NOUNS = {
  assets: 'asset',
  asset_tags: 'asset',
  projects: 'project',
  subjects: 'subject',
  packages: 'package',
  saved_filters: 'saved filter',
  runs: 'run',
  incoming: 'folder',
} as const;

export function nothingFound({ name }: Mutation): Refusal {
  return new Refusal('not_found', `No ${NOUNS[mutatorOf(name).table]} that this change names is there any more.`);
}

export function idTaken({ name }: Mutation): Refusal {
  return new Refusal('conflict', `There is already a ${NOUNS[mutatorOf(name).table]} with this id: make it anew.`);
}

export function noReader(folder: string): Refusal {
  return new Refusal(
    'invalid_arguments',
    `No ingestor reads ${folder}: correct the package’s folder, or add one that holds it to MEDIA_ROOT_PATHS of an ingestor.`,
  );
}

export function noSuchSubject(): Refusal {
  return new Refusal(
    'not_found',
    'The subject that this change names is not there any more, or is of another project.',
  );
}

/** The refusal of what fails in the same way however often it is tried, by Postgres' classes of errors; null: it may succeed later. */
export function finalRefusal(error: postgres.PostgresError): Refusal | null {
  const message = FINAL_CLASSES[error.code.slice(0, 2)];
  return message === undefined ? null : new Refusal('invalid_arguments', message, { cause: error });
}

/** The refusal that an error of Postgres means; anything else comes back as it is. */
export function refusalOf(error: unknown, mutation: Mutation): unknown {
  if (!(error instanceof postgres.PostgresError)) return error;
  const { code, constraint_name: constraint = '' } = error;
  const noun = NOUNS[mutatorOf(mutation.name).table];
  if (code === UNIQUE_VIOLATION) {
    const message =
      constraint === 'packages_source_path'
        ? 'This project already has a package of this folder, perhaps a deleted one: open or restore that one.'
        : `The name “${wantedName(mutation, error)}” is taken by another ${noun}: choose another, or rename that one first.`;
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
    return new Refusal('not_found', `The ${missing} that this change names is not there any more.`, { cause: error });
  }
  // A run's project is its package's.
  if (code === NOT_NULL_VIOLATION && error.table_name === 'runs' && error.column_name === 'project_id') {
    return new Refusal('not_found', 'The package that this change names is not there any more.', { cause: error });
  }
  return error;
}

/** The name that it asks for; a row that is restored brings its own, which Postgres then says in lower case. */
function wantedName({ args }: Mutation, { detail = '' }: postgres.PostgresError): string {
  if ('set' in args && 'name' in args.set && args.set.name !== undefined) return args.set.name;
  // Key (project_id, lower(name))=(0198…, ada) already exists.
  return /=\((?:[0-9a-f-]{36}, )?(.*)\)/.exec(detail)?.[1] ?? '';
}
