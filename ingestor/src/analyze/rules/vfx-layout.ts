/** Places VFX files: subject and asset type by the folders that a file lies in. */
import type { AssetType } from '@ingesthub/schema/library/vocabulary.ts';
import { KIND } from '../names/dictionary.ts';
import { entryOf } from '../names/entry-of.ts';
import { isGenericName, NameReader } from '../names/read-name.ts';
import { remembered } from '../names/remembered.ts';
import { Tokeniser } from '../names/tokens.ts';
import { candidatesOfName } from '../people/candidates.ts';
import { reasonsAlone } from '../people/reasons.ts';
import { type Layout, type LayoutFile, type Placement, SHARED_SUBJECT } from './layout.ts';

export interface VfxPlace {
  /** The package's folder, absolute. */
  readonly sourcePath: string;
  /** Its folders below the media root, ending with the package's own; [] for the root itself. */
  readonly belowRoot: readonly string[];
  /** The subject that `config.json` names; null for none. */
  readonly configSubject: string | null;
}

/** Folders with a role of their own: the folder that they lie in is the subject's. */
const ROLES: Readonly<Record<string, AssetType>> = {
  grid: 'grid',
  grids: 'grid',
  plate: 'plate',
  aligned: 'aligned',
};

/** The two sides of a face replacement, as DeepFaceLab and other programs name them. */
const SIDES = ['src', 'dst', 'data_src', 'data_dst', 'source', 'target'];
/** Folder names that describe content, not a person. */
const GENERIC = new Set(['media', 'external', 'from_client', 'visuals', 'plates', ...SIDES, ...Object.keys(ROLES)]);
/** Words for sets of face crops and their use, beside a person's name or as a part of their own: 'faceset_jane_doe', 'job__jane__train'. */
const OF_SETS = new Set(
  'faceset facesets train training trained test val valid validation pretrain model merged'.split(' '),
);

interface Named {
  readonly subject: string;
  /** The rest of a sentence. */
  readonly from: string;
}

export function vfxLayout(files: readonly LayoutFile[], { sourcePath, belowRoot, configSubject }: VfxPlace): Layout {
  const folderName = sourcePath.split('/').at(-1) ?? sourcePath;
  const foldersAt = remembered((folder: string) => (folder === '' ? [] : folder.split('/')));
  const paths = files.map(({ relativePath }) =>
    foldersAt(relativePath.slice(0, Math.max(0, relativePath.lastIndexOf('/')))),
  );
  const whole =
    datasetOf(sourcePath) ?? (configSubject === null ? null : { subject: configSubject, from: 'config.json' });
  const inRoles = configSubject === null ? ownersInRoles(paths) : new Map<string, Named>();
  const outside = whole === null ? ownersOf(paths) : new Map<string, Named>();
  const owners = outside.size === 0 ? inRoles : outside;
  const ofPackage = whole ?? packageSubject(belowRoot);
  const onlyOwner =
    new Set([...owners.values()].map(({ subject }) => subject)).size === 1 ? [...owners.values()][0] : undefined;
  // Several people have folders of their own: what lies beside them is shared.
  const others =
    owners.size > 0 ? (onlyOwner ?? null) : (ofPackage ?? { subject: folderName, from: 'the package’s folder' });

  const evidence = new Set<string>();
  const placements = paths.map((folders): Placement => {
    const named = ownerOf(folders, owners) ?? others;
    const subject = named?.subject ?? SHARED_SUBJECT;
    const because =
      named === null ? 'It lies beside the folders of several subjects.' : `Subject ${subject}, from ${named.from}.`;
    evidence.add(because);
    return { subject, camera: null, assetType: assetTypeOf([folderName, ...folders]), because };
  });
  return { placements, evidence: [...evidence].slice(0, 10) };
}

/** Returns the component after `/datasets/`; for `job__name_v02`, the name. */
function datasetOf(sourcePath: string): Named | null {
  const component = /\/datasets\/([^/]+)/.exec(sourcePath)?.[1];
  if (component === undefined) return null;
  return { subject: afterJob(component) ?? withoutVersion(component), from: 'the folder after /datasets/' };
}

/** 'show__maria_v02' and 'show__maria__train' -> 'maria'; null for a name without a job, or with nothing of its own after it. */
function afterJob(name: string): string | null {
  const [, ...parts] = withoutVersion(name).split('__');
  const own = parts.filter((part) => part !== '' && !isGeneric(part));
  return own.length === 0 ? null : nameWithin(own.join('__'));
}

/** Removes a form of address and the words of a face set: 'Sir_Jane_Doe' and 'faceset_Jane_Doe' -> 'Jane_Doe'. */
function nameWithin(name: string): string {
  const { tokens } = new Tokeniser().tokensOf(name);
  const isBeside = ({ kinds, key }: (typeof tokens)[number]) => (kinds & KIND.title) !== 0 || OF_SETS.has(key);
  const [first, last] = [tokens.find((token) => !isBeside(token)), tokens.findLast(({ key }) => !OF_SETS.has(key))];
  if (first === undefined || last === undefined) return name;
  const end = last === tokens.at(-1) ? name.length : last.end;
  return first === tokens[0] ? name.slice(0, end) : name.slice(first.start, end);
}

function ownName(folder: string): string {
  return nameWithin(withoutVersion(folder));
}

function withoutVersion(name: string): string {
  return name.replace(/[._\- ]+v(?:er(?:sion)?)?[._\- ]?\d+$/i, '') || name;
}

/** Finds the folders within a package that are subjects': `job__name`, else those directly above folders of roles. */
function ownersOf(paths: readonly (readonly string[])[]): Map<string, Named> {
  const byJob = new Map<string, Named>();
  const aboveRoles = new Map<string, Named>();
  for (const folders of new Set(paths)) {
    for (const [index, name] of folders.entries()) {
      const path = folders.slice(0, index + 1).join('/');
      const ofJob = afterJob(name);
      if (ofJob !== null) byJob.set(path, { subject: ofJob, from: `the folder ${name}` });
    }
    const role = folders.findIndex((name) => name.toLowerCase() in ROLES);
    const index = folders.slice(0, Math.max(0, role)).findLastIndex((name) => !isGeneric(name));
    const name = folders[index];
    if (name === undefined || name.includes('__')) continue;
    aboveRoles.set(folders.slice(0, index + 1).join('/'), {
      subject: ownName(name),
      from: `the folder ${name}`,
    });
  }
  return byJob.size > 0 ? byJob : aboveRoles;
}

/** Finds the folders of several subjects directly in folders of roles: 'aligned/junia', 'plate/junia', 'aligned/hollis'. */
function ownersInRoles(paths: readonly (readonly string[])[]): Map<string, Named> {
  const owners = new Map<string, Named>();
  const rolesOf = new Map<string, Set<string>>();
  for (const folders of new Set(paths)) {
    const role = folders.findIndex((name) => name.toLowerCase() in ROLES);
    const name = folders[role + 1];
    if (role < 0 || name === undefined || isGeneric(name)) continue;
    owners.set(folders.slice(0, role + 2).join('/'), { subject: ownName(name), from: `the folder ${name}` });
    entryOf(rolesOf, ownName(name), () => new Set<string>()).add((folders[role] as string).toLowerCase());
  }
  // A folder in one role only may be a clip's, unless it has a person's name.
  const isOwner = (subject: string) => (rolesOf.get(subject)?.size ?? 0) > 1 || isPersonsName(subject);
  for (const [path, { subject }] of owners) if (!isOwner(subject)) owners.delete(path);
  return new Set([...owners.values()].map(({ subject }) => subject)).size > 1 ? owners : new Map();
}

function isPersonsName(name: string): boolean {
  return candidatesOfName(new NameReader().read(name)).some(
    (one) => one.words.length > 1 && reasonsAlone(one, new Map()) !== null,
  );
}

/** Returns the innermost owner of a folder. */
function ownerOf(folders: readonly string[], owners: ReadonlyMap<string, Named>): Named | null {
  for (let length = folders.length; length > 0 && owners.size > 0; length--) {
    const owner = owners.get(folders.slice(0, length).join('/'));
    if (owner !== undefined) return owner;
  }
  return null;
}

/** Returns the first folder below the media root with a name of its own. */
function packageSubject(belowRoot: readonly string[]): Named | null {
  for (const name of belowRoot) {
    const subject = afterJob(name) ?? (name.includes('__') || isGeneric(name) ? null : ownName(name));
    if (subject !== null) return { subject, from: `the folder ${name}` };
  }
  return null;
}

function isGeneric(name: string): boolean {
  return GENERIC.has(name.toLowerCase()) || OF_SETS.has(name.toLowerCase()) || isGenericName(name);
}

function assetTypeOf(folders: readonly string[]): AssetType {
  const roles = folders.map((name) => ROLES[name.toLowerCase()]);
  return roles.find((role) => role === 'grid') ?? roles.find((role) => role === 'plate') ?? 'aligned';
}
