/**
 * The writes that a client may send: arguments first as zod, then the request and the answer of
 * `POST /api/mutations`. What each does to the rows is in `mutators/`, the same for both sides.
 *
 * A mutation is intent, not a row image. Sets merge; single fields are last-writer-wins in server
 * order. `expect` makes one conditional: rows that are not as expected stay as they are, which is how
 * an undo leaves alone what somebody else has changed since.
 */
import { z } from 'zod';
import { boundedList } from './bounded-list.ts';
import { answeredError } from './errors.ts';
import { hasControlCharacters, MAX_FOLDER_BYTES, normalFolder } from './folder-path.ts';
import { placementEntry } from './placements.ts';
import { runOptions } from './run-options.ts';
import { assetType, incomingDecision, packageType, reviewStatus, runHold } from './vocabulary.ts';

/** Rows that one mutation may name. */
export const MAX_MUTATION_IDS = 100_000;
/** Days for which what was deleted can be restored. */
export const KEPT_DAYS = 30;
/** Days for which the server keeps what a mutation was asked with. */
export const MUTATION_ARGS_DAYS = 30;
/** Days for which the server remembers a mutation, and so gives the same answer again. A mutation whose id is older is refused. */
export const MUTATION_DAYS = 90;
/** Mutations that one request may carry. */
export const MAX_REQUEST_MUTATIONS = 100;

/** Characters of a name as it is typed: composing a text takes time. */
const LONGEST_NAME = 2_000;

/** Composed (NFC), no white space around it, no control characters, 1 to 64 characters. */
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

/** In lower case, as Postgres writes them. */
const id = z.uuid().toLowerCase();
const ids = boundedList(id, { min: 1, max: MAX_MUTATION_IDS });
const tagNames = boundedList(tagName, { max: 50 });
/** A name for people: composed, no white space around it, 1 to 200 characters, no line breaks. */
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
/** Characters of a path as it is typed. */
const LONGEST_PATH = 4_000;
/** Absolute, on the media server; kept in one spelling, so that a folder has one package. */
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

/** What an edit may set, whole values: absent stays as it is. Also the shape of `expect`. */
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
/** A path within the app: browsers read `//host` and `/\\host` as another site, and leave out control characters first. */
const appAddress = z
  .string()
  .regex(/^\/(?![/\\])\P{Cc}*$/u, 'an address begins with one slash')
  .max(8000);
const savedFilterFields = z.object({ name, address: appAddress }).partial();

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
  /** Whoever sends it: what somebody else has picked up stays so. */
  expect: z.object({ picked_up_by: z.literal('sender') }).optional(),
});

export const mutationArgs = {
  /** Adds and removes tags; sets merge, so concurrent changes of other tags stay. */
  'assets.tag': z
    .object({ ids, add: tagNames, remove: tagNames })
    .refine((args) => args.add.length + args.remove.length > 0, 'nothing to add or remove')
    .refine((args) => !args.add.some((tag) => args.remove.includes(tag)), 'a tag is both added and removed'),
  'assets.review': z.object({ ids, review_status: reviewStatus, expect: reviewStatus.optional() }),
  /** Takes assets into work, or hands them back; the server stamps time and person. */
  'assets.pick_up': pickUp,
  /** Says who is in them; null: nobody known. */
  'assets.move': z.object({ ids, subject_id: id.nullable(), expect: id.nullable().optional() }),
  /** Their role in the package. */
  'assets.retype': z.object({ ids, asset_type: assetType, expect: assetType.optional() }),
  /** Soft: restored within 30 days by `assets.restore`. The file itself is never touched. */
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

  /** A delivery that is expected: the ingest of that folder fills it. */
  'packages.create': z.object({
    ids: z.tuple([id]),
    set: packageFields.required({ name: true, type: true }).extend({ project_id: id, source_path: folderPath }),
  }),
  'packages.edit': edit(packageFields),
  'packages.pick_up': pickUp,
  'packages.delete': onlyIds,
  'packages.restore': onlyIds,

  /** Ingests a package's folder again, or does what its options say. */
  'runs.create': z.object({
    ids: z.tuple([id]),
    set: z.object({ project_id: id, package_id: id, options: runOptions.nullable().default(null) }),
  }),
  /** Pauses runs, ends them, or lets them go on (null). */
  'runs.hold': z.object({ ids, held: runHold.nullable(), expect: runHold.nullable().optional() }),

  /** What a person makes of a proposal, before it is accepted. */
  'incoming.edit': edit(incomingFields),
  /** Accepts folders, so that they become packages of the project that was set; dismisses them, or asks again (null). */
  'incoming.decide': z.object({
    ids,
    decision: incomingDecision.nullable(),
    expect: incomingDecision.nullable().optional(),
  }),

  'saved_filters.create': z.object({ ids: z.tuple([id]), set: savedFilterFields.required() }),
  'saved_filters.edit': edit(savedFilterFields),
  'saved_filters.delete': onlyIds,
  'saved_filters.restore': onlyIds,
} as const;

export type MutationName = keyof typeof mutationArgs;
export type MutationArgs<Name extends MutationName> = z.infer<(typeof mutationArgs)[Name]>;

export function isMutationName(text: string): text is MutationName {
  return Object.hasOwn(mutationArgs, text);
}

/** What is to be done, without an id yet. */
export type MutationCall = {
  [Name in MutationName]: { readonly name: Name; readonly args: MutationArgs<Name> };
}[MutationName];

/** A call as it was stored or carried over; null when this build cannot read it: another version of the app wrote it. */
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

/** A mutation with its arguments checked. */
export type Mutation = MutationCall & { readonly id: string };

export const mutationRequest = z.object({
  /** The browser's replica; made once, when the replica is. */
  client: id,
  /** In the order in which they were made. Name and arguments are checked one by one, so that one bad mutation does not refuse the rest. */
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
