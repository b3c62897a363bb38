/** The options of `ihub corrections`. */
import type { CorrectionSaid } from '@ingesthub/schema/library/corrections.ts';
import { z } from 'zod';
import type { GivenOptions } from './arguments.ts';
import { nameOption } from './ingest-options.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const schema = z.object({
  person: nameOption.optional(),
  generic: nameOption.optional(),
  camera: nameOption.optional(),
  role: nameOption.optional(),
  'people-depth': z.string().optional(),
  is: nameOption.optional(),
  id: z.uuid('it is not the id of a correction').optional(),
  name: nameOption.optional(),
  project: nameOption.optional(),
  studio: z.boolean().default(false),
  'dry-run': z.boolean().default(false),
  yes: z.boolean().default(false),
});
export type CorrectionsOptions = z.infer<typeof schema>;

const KINDS = ['person', 'generic', 'camera', 'role', 'people-depth'] as const;

const ALLOWED: Readonly<Record<string, readonly (keyof CorrectionsOptions)[]>> = {
  list: ['project', 'studio'],
  suggest: ['project'],
  add: [...KINDS, 'is', 'project', 'studio', 'dry-run', 'yes'],
  edit: ['id', 'name', 'is', 'project', 'studio', 'dry-run', 'yes'],
  remove: ['id'],
};

/** @throws UsageError */
export function readCorrectionsOptions(action: string, given: GivenOptions): CorrectionsOptions {
  const allowed: readonly string[] = ALLOWED[action] ?? [];
  const other = Object.keys(given).find((option) => !allowed.includes(option));
  if (other !== undefined) throw new UsageError(`ihub corrections ${action} takes no --${other}.`);
  const options = readOptions(schema, given);
  if (options.studio && options.project !== undefined) throw new UsageError('use --project or --studio, not both.');
  if (allowed.includes('id') && options.id === undefined) {
    throw new UsageError(`ihub corrections ${action} needs an id: --id ID; ihub corrections list shows them.`);
  }
  return options;
}

/** Returns the correction that the options of `add` state. @throws UsageError */
export function saidIn(options: CorrectionsOptions): CorrectionSaid {
  const [kind, other] = KINDS.filter((one) => options[one] !== undefined);
  if (kind === undefined || other !== undefined) {
    throw new UsageError('ihub corrections add takes one of --person, --generic, --camera, --role, --people-depth.');
  }
  const name = options[kind] ?? '';
  const hasNoValue = kind === 'generic' || kind === 'people-depth';
  if (hasNoValue && options.is !== undefined) throw new UsageError(`--${kind} takes no --is.`);
  if ((kind === 'camera' || kind === 'role') && options.is === undefined) throw new UsageError(`--${kind} needs --is.`);
  if (kind === 'people-depth') return { kind: 'people_depth', name, value: null };
  return { kind, name, value: hasNoValue ? null : (options.is ?? name) };
}
