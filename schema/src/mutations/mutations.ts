/**
 * The writes that a client may send: first their arguments as zod schemas, then the request and the
 * answer of `POST /api/mutations`. `mutators.ts` defines their effect on rows, for server and replica alike.
 *
 * A mutation expresses intent; it is not a row image. Sets merge; single fields are last-writer-wins in
 * server order. `expect` makes a mutation conditional: rows with other values are left unchanged, so an
 * undo does not overwrite someone else's later change.
 */
import { z } from 'zod';
import { correctionKind, correctionProblem } from '../library/corrections.ts';
import { placementEntry } from '../library/placements.ts';
import { runOptions } from '../library/run-options.ts';
import { assetType, incomingDecision, packageType, reviewStatus, runHold } from '../library/vocabulary.ts';
import { hasControlCharacters, MAX_FOLDER_BYTES, normalFolder } from '../paths/folder-path.ts';
import { boundedList } from '../values/bounded-list.ts';
import { answeredError } from '../values/errors.ts';

/** Rows that one mutation may name. */
export const MAX_MUTATION_IDS = 100_000;
/** Days for which deleted rows can be restored. */
export const KEPT_DAYS = 30;
/** Days for which the server keeps a mutation's arguments. */
export const MUTATION_ARGS_DAYS = 30;
/** Days for which the server remembers a mutation and repeats its answer. A mutation with an older id is rejected. */
export const MUTATION_DAYS = 90;
/** Mutations that one request may carry. */
export const MAX_REQUEST_MUTATIONS = 100;

/** Characters allowed in a name before normalization, which is slow for long texts. */
const LONGEST_NAME = 2_000;

/** A tag in NFC, trimmed, without control characters, 1 to 64 characters long. */
export const tagName = z
  .string()
  .max(LONGEST_NAME)
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'a tag has at least one character')
      .max(64, 'a tag has at most 64 characters')
      .regex(/^\P{Cc}*$/u, 'a tag has no control characters'),
  );

/** A camera in NFC, trimmed, without control characters, 1 to 100 characters long. */
export const cameraName = z
  .string()
  .max(LONGEST_NAME)
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'a camera has at least one character')
      .max(100, 'a camera has at most 100 characters')
      .regex(/^\P{Cc}*$/u, 'a camera has no control characters'),
  );

/** Lower case, as Postgres prints UUIDs. */
const id = z.uuid().toLowerCase();
const ids = boundedList(id, { min: 1, max: MAX_MUTATION_IDS });
const tagNames = boundedList(tagName, { max: 50 });
/** A display name in NFC, trimmed, without control characters, 1 to 200 characters long. */
const name = z
  .string()
  .max(LONGEST_NAME)
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'a name has at least one character')
      .max(200)
      .regex(/^\P{Cc}*$/u, 'a name is one line'),
  );
/** Characters allowed in a path before normalization. */
const LONGEST_PATH = 4_000;
/** Absolute path on the media server, normalized so that each folder has only one package. */
const folderPath = z
  .string()
  .max(LONGEST_PATH)
  .startsWith('/')
  .refine(
    (path) => new TextEncoder().encode(path).length <= MAX_FOLDER_BYTES,
    'a folder’s path has at most 2,600 bytes',
  )
  .refine((path) => !hasControlCharacters(path), 'a folder’s path has no line breaks or control characters')
  .transform(normalFolder);
const note = z.string().max(20_000).nullable();

/** Fields that an edit may set to whole values; absent fields stay unchanged. `expect` has the same shape. */
const projectFields = z.object({ name, client: note, notes: note, tags: tagNames }).partial();
const subjectFields = z.object({ name, dataset_directory: note, notes: note, tags: tagNames }).partial();
const packageFields = z
  .object({ name, type: packageType, description: note, tags: tagNames, subject_id: id.nullable() })
  .partial();
const incomingFields = z
  .object({
    name,
    type: packageType.nullable(),
    placements: boundedList(placementEntry, { max: 100_000 }).nullable(),
    description: note,
    tags: tagNames,
    options: runOptions.nullable(),
    project_id: id.nullable(),
  })
  .partial();
/** A path within the app. Browsers read `//host` and `/\\host` as another site, after dropping control characters. */
const appAddress = z
  .string()
  .regex(/^\/(?![/\\])\P{Cc}*$/u, 'an address begins with one slash')
  .max(8000);
const savedFilterFields = z.object({ name, address: appAddress }).partial();
/** The kind stays: another kind is another correction. */
const correctionFields = z.object({ kind: correctionKind, name, value: name.nullable(), project_id: id.nullable() });

function edit<Fields extends z.ZodObject>(fields: Fields) {
  return z.object({
    ids,
    set: fields.refine((set) => Object.keys(set).length > 0, 'nothing to set'),
    expect: fields.optional(),
  });
}

const onlyIds = z.object({ ids });
const pickUp = z.object({
  ids,
  picked_up: z.boolean(),
  /** Limits the mutation to rows that its sender picked up. */
  expect: z.object({ picked_up_by: z.literal('sender') }).optional(),
});

export const mutationArgs = {
  /** Adds and removes tags; sets merge, so concurrent changes to other tags are kept. */
  'assets.tag': z
    .object({ ids, add: tagNames, remove: tagNames })
    .refine((args) => args.add.length + args.remove.length > 0, 'nothing to add or remove')
    .refine((args) => !args.add.some((tag) => args.remove.includes(tag)), 'a tag is both added and removed'),
  'assets.review': z.object({ ids, review_status: reviewStatus, expect: reviewStatus.optional() }),
  /** Picks assets up or hands them back; the server stamps time and person. */
  'assets.pick_up': pickUp,
  /** Sets the subject of assets; null means none. */
  'assets.move': z.object({ ids, subject_id: id.nullable(), expect: id.nullable().optional() }),
  /** Changes the assets' role in the package. */
  'assets.retype': z.object({ ids, asset_type: assetType, expect: assetType.optional() }),
  /** Sets the camera of assets; null means none. */
  'assets.set_camera': z.object({ ids, camera: cameraName.nullable(), expect: cameraName.nullable().optional() }),
  /** Soft delete: `assets.restore` undoes it within 30 days. The file itself is never touched. */
  'assets.delete': onlyIds,
  'assets.restore': onlyIds,

  'projects.create': z.object({
    ids: z.tuple([id]),
    set: projectFields.required({ name: true }).extend({ type: packageType }),
  }),
  'projects.edit': edit(projectFields),
  'projects.delete': onlyIds,
  'projects.restore': onlyIds,

  'subjects.create': z.object({
    ids: z.tuple([id]),
    set: subjectFields.required({ name: true }).extend({ project_id: id }),
  }),
  'subjects.edit': edit(subjectFields),
  'subjects.delete': onlyIds,
  'subjects.restore': onlyIds,

  /** Creates a package for an expected delivery; ingesting its folder fills it. */
  'packages.create': z.object({
    ids: z.tuple([id]),
    set: packageFields.required({ name: true, type: true }).extend({ project_id: id, source_path: folderPath }),
  }),
  'packages.edit': edit(packageFields),
  'packages.pick_up': pickUp,
  'packages.delete': onlyIds,
  'packages.restore': onlyIds,

  /** Ingests a package's folder again, within the limits that `options` set. */
  'runs.create': z.object({
    ids: z.tuple([id]),
    set: z.object({ project_id: id, package_id: id, options: runOptions.nullable().default(null) }),
  }),
  /** Pauses, cancels or resumes (null) runs. */
  'runs.hold': z.object({ ids, held: runHold.nullable(), expect: runHold.nullable().optional() }),

  /** Changes a proposal before it is accepted. */
  'incoming.edit': edit(incomingFields),
  /** Accepts folders as packages of the chosen project, dismisses them, or reopens the decision (null). */
  'incoming.decide': z.object({
    ids,
    decision: incomingDecision.nullable(),
    expect: incomingDecision.nullable().optional(),
  }),

  'saved_filters.create': z.object({ ids: z.tuple([id]), set: savedFilterFields.required() }),
  'saved_filters.edit': edit(savedFilterFields),
  'saved_filters.delete': onlyIds,
  'saved_filters.restore': onlyIds,

  /** Keeps what a person said about a name, for one project or (null) the whole studio. */
  'corrections.create': z.object({
    ids: z.tuple([id]),
    set: correctionFields.superRefine((said, context) => {
      const problem = correctionProblem(said);
      if (problem !== null) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
    }),
  }),
  'corrections.edit': edit(correctionFields.omit({ kind: true }).partial()),
  'corrections.delete': onlyIds,
  'corrections.restore': onlyIds,
} as const;

export type MutationName = keyof typeof mutationArgs;
export type MutationArgs<Name extends MutationName> = z.infer<(typeof mutationArgs)[Name]>;

export function isMutationName(text: string): text is MutationName {
  return Object.hasOwn(mutationArgs, text);
}

/** A mutation's name and arguments, without an id. */
export type MutationCall = {
  [Name in MutationName]: { readonly name: Name; readonly args: MutationArgs<Name> };
}[MutationName];

/** Parses a stored or carried-over call; null when it comes from another version of the app and cannot be read. */
export function readMutationCall({
  name,
  args,
}: {
  readonly name: string;
  readonly args: unknown;
}): MutationCall | null {
  const parsed = isMutationName(name) ? mutationArgs[name].safeParse(args) : null;
  return parsed?.success ? ({ name, args: parsed.data } as MutationCall) : null;
}

/** A mutation with validated arguments. */
export type Mutation = MutationCall & { readonly id: string };

export const mutationRequest = z.object({
  /** Id of the browser's replica, created together with the replica. */
  client: id,
  /** In the order they were made. Each one is validated separately, so a bad mutation does not reject the rest. */
  mutations: boundedList(z.object({ id: z.uuid(), name: z.string().max(100), args: z.unknown() }), {
    min: 1,
    max: MAX_REQUEST_MUTATIONS,
  }),
});

const mutationResult = z.discriminatedUnion('status', [
  z.object({ id: z.uuid(), status: z.literal('applied') }),
  z.object({ id: z.uuid(), status: z.literal('rejected'), error: answeredError }),
]);
export type MutationResult = z.infer<typeof mutationResult>;

export const mutationResponse = z.object({ results: z.array(mutationResult) });
