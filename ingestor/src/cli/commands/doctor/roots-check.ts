/** Checks the media roots: present, readable, and really mounted. */
import { RootProcess, RootSilent } from '../../../roots/root-process.ts';
import { type Finding, failed, ok, warning } from './finding.ts';
import { isNetwork, type Mount, mountOf } from './mounts.ts';

/** The file that marks a storage as mounted; the storage administrator creates it. */
const SENTINEL = '.ihub-root';
const PATIENCE_MS = 10_000;

export interface RootFacts {
  /** As configured. */
  readonly path: string;
  /** With symlinks resolved; null: unknown. */
  readonly real: string | null;
  readonly state: 'folder' | 'missing' | 'no folder' | 'unreadable' | 'silent';
  readonly isEmpty: boolean;
  readonly hasSentinel: boolean;
  /** Whether an ingestor of this host has seen the sentinel; null: no ingestor has checked. */
  readonly hadSentinel: boolean | null;
  readonly isWritable: boolean;
  readonly mount: Mount | null;
}

/** Examines a root in a separate process, because a drive may hang. */
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
  const state = await looker.look(PATIENCE_MS).catch((error: unknown) => {
    if (error instanceof RootSilent) return null;
    throw error;
  });
  if (state === null) return { ...unknown, state: 'silent' };
  const { real, code, isEmpty, isWritable, sentinel } = state;
  if (real === null) return { ...unknown, state: 'missing' };
  if (code === 'ENOTDIR') return { ...unknown, state: 'no folder' };
  const found = { ...unknown, real, mount: mountOf(mounts, real) };
  if (code !== null) return { ...found, state: 'unreadable' };
  return { ...found, state: 'folder', isEmpty, hasSentinel: sentinel !== null, isWritable };
}

export function rootFindings(roots: readonly RootFacts[]): Finding[] {
  if (roots.length === 0) {
    const advice = 'set MEDIA_ROOT_PATHS to the folders that may be read, separated by colons';
    return [warning('media root', 'MEDIA_ROOT_PATHS is not set here: only the demo is read.', advice)];
  }
  return roots.flatMap(findingsOf);
}

function findingsOf({ path, state, isEmpty, hasSentinel, hadSentinel, isWritable, mount }: RootFacts): Finding[] {
  const check = 'media root';
  switch (state) {
    case 'missing':
      return [failed(check, `${path} does not exist.`, 'mount it, or remove it from MEDIA_ROOT_PATHS')];
    case 'silent':
      return [failed(check, `${path} does not answer.`, 'check that its drive or server is up')];
    case 'no folder':
      return [failed(check, `${path} is not a folder.`, 'set MEDIA_ROOT_PATHS to the folder that contains it')];
    case 'unreadable':
      return [failed(check, `${path} cannot be read by this account.`, 'give the ingestor’s account read permission')];
    default:
  }
  if (hadSentinel && !hasSentinel) {
    return [failed(check, `${path} no longer has ${SENTINEL}: its drive is not mounted.`, 'mount the drive')];
  }
  const where = mount === null ? '' : `, on ${mount.type}${isNetwork(mount) ? ` from ${mount.source}` : ''}`;
  const writable = isWritable ? 'writable by this account, though IngestHub never writes there' : 'read-only';
  const findings = [ok(check, `${path} is readable${where}; ${writable}`)];
  if (isEmpty) {
    findings.push(warning(check, `${path} is empty.`, 'check that its drive is mounted'));
  } else if (!hasSentinel && mount !== null && isNetwork(mount)) {
    const advice = `create a file ${SENTINEL} there that holds a name for the storage: without it, an unmounted drive looks like an empty folder`;
    findings.push(warning(check, `${path} is a network drive without a ${SENTINEL}.`, advice));
  }
  return findings;
}
