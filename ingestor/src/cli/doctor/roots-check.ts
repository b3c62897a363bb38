/** The media roots: there, readable, and really mounted. */
import { RootProcess, RootSilent } from '../../roots/root-process.ts';
import { type Finding, failed, ok, warning } from './finding.ts';
import { isNetwork, type Mount, mountOf } from './mounts.ts';

/** The file by which whoever keeps a storage says that it is mounted. */
const SENTINEL = '.ihub-root';
const PATIENCE_MS = 10_000;

export interface RootFacts {
  /** As it was set. */
  readonly path: string;
  /** Symlinks resolved; null: that is not known. */
  readonly real: string | null;
  readonly state: 'folder' | 'missing' | 'no folder' | 'unreadable' | 'silent';
  readonly isEmpty: boolean;
  readonly hasSentinel: boolean;
  /** Whether an ingestor of this host has seen its sentinel; null: none was asked. */
  readonly hadSentinel: boolean | null;
  readonly isWritable: boolean;
  readonly mount: Mount | null;
}

/** Looks by a process of its own: a drive may not answer. */
export async function rootFacts(path: string, mounts: readonly Mount[]): Promise<RootFacts> {
  const unknown = {
    path,
    real: null,
    isEmpty: false,
    hasSentinel: false,
    hadSentinel: null,
    isWritable: false,
    mount: null,
  };
  using looker = new RootProcess(path);
  const sight = await looker.look(PATIENCE_MS).catch((error: unknown) => {
    if (error instanceof RootSilent) return null;
    throw error;
  });
  if (sight === null) return { ...unknown, state: 'silent' };
  const { real, code, isEmpty, isWritable, sentinel } = sight;
  if (real === null) return { ...unknown, state: 'missing' };
  if (code === 'ENOTDIR') return { ...unknown, state: 'no folder' };
  const found = { ...unknown, real, mount: mountOf(mounts, real) };
  if (code !== null) return { ...found, state: 'unreadable' };
  return { ...found, state: 'folder', isEmpty, hasSentinel: sentinel !== null, isWritable };
}

export function rootFindings(roots: readonly RootFacts[]): Finding[] {
  if (roots.length === 0) {
    const advice = 'set MEDIA_ROOT_PATHS to the folders that may be read, with colons between them';
    return [warning('media root', 'MEDIA_ROOT_PATHS is not set here: nothing but the demo is read.', advice)];
  }
  return roots.flatMap(findingsOf);
}

function findingsOf({ path, state, isEmpty, hasSentinel, hadSentinel, isWritable, mount }: RootFacts): Finding[] {
  const check = 'media root';
  switch (state) {
    case 'missing':
      return [failed(check, `${path} is not there.`, 'mount it, or take it out of MEDIA_ROOT_PATHS')];
    case 'silent':
      return [failed(check, `${path} does not answer.`, 'see whether its drive or server is up')];
    case 'no folder':
      return [failed(check, `${path} is no folder.`, 'name the folder that it lies in in MEDIA_ROOT_PATHS')];
    case 'unreadable':
      return [
        failed(
          check,
          `${path} cannot be read by this account.`,
          'give the account of the ingestor the right to read it',
        ),
      ];
    default:
  }
  if (hadSentinel && !hasSentinel) {
    return [failed(check, `${path} has no ${SENTINEL} any more: its drive is not mounted.`, 'mount it')];
  }
  const where = mount === null ? '' : `, on ${mount.type}${isNetwork(mount) ? ` from ${mount.source}` : ''}`;
  const writable = isWritable ? 'writable by this account, though nothing is ever written there' : 'read-only';
  const findings = [ok(check, `${path} is readable${where}; ${writable}`)];
  if (isEmpty) {
    findings.push(warning(check, `${path} is empty.`, 'see whether its drive is mounted'));
  } else if (!hasSentinel && mount !== null && isNetwork(mount)) {
    const advice = `put a file ${SENTINEL} with a name for the storage there: without it an empty folder is not told from one that is not mounted`;
    findings.push(warning(check, `${path} is a network drive without a ${SENTINEL}.`, advice));
  }
  return findings;
}
