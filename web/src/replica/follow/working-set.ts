/** Decides which of the known projects' assets this device keeps, and reports each project's state. */
import { formatShapeReference, type ShapeReference, shapesOf } from '@ingesthub/schema/library/shapes.ts';
import { chooseWorkingSet } from '@ingesthub/schema/replica/working-set.ts';
import type { ProjectOnDevice } from '../model/replica.ts';
import type { Writer } from '../write/writer.ts';
import type { KnownProject } from './read-known-scopes.ts';

export interface WorkingSetOptions {
  readonly writer: Pick<Writer, 'shapes' | 'pending'>;
  /** Whether a shape is followed, by its reference. */
  readonly isFollowed: (reference: string) => boolean;
  /** Whether the server has reported the projects' sizes. */
  readonly sizesReported: () => boolean;
  /** The number of assets kept without being pinned; default {@link chooseWorkingSet}'s. */
  readonly assetRoom?: number | undefined;
}

export interface WorkingSet {
  /** @returns the projects to keep: the chosen ones, and those that still have unsent changes. */
  decide(known: readonly KnownProject[]): ReadonlySet<string>;
  /** Whether some projects are undecided until their sizes are known. */
  readonly undecided: boolean;
  /** Whether a project that was kept only for its unsent changes may be dropped now. */
  readonly mayRelease: boolean;
  /** The states of the last decision's projects, by id. */
  readonly projects: ReadonlyMap<string, ProjectOnDevice>;
}

export function projectShapes(projectId: string): ShapeReference[] {
  return shapesOf('project').map((name) => ({ name, scopeId: projectId }));
}

export function createWorkingSet({ writer, isFollowed, sizesReported, assetRoom }: WorkingSetOptions): WorkingSet {
  let projects: readonly KnownProject[] = [];
  let leaving: ReadonlySet<string> = new Set();
  let undecided = false;

  function hasUnsent(id: string): boolean {
    const references = referencesOf(id);
    return writer.pending.some((pending) => pending.shapes.some((reference) => references.includes(reference)));
  }

  function standing({ id, choice, assetCount, sizeBytes }: KnownProject): ProjectOnDevice {
    const states = referencesOf(id).map((reference) => writer.shapes.get(reference));
    const isWhole = states.every((state) => typeof state?.lsn === 'bigint');
    let state: ProjectOnDevice['state'] = isWhole ? 'here' : 'loading';
    if (leaving.has(id)) state = 'leaving';
    else if (!isFollowed(assetsOf(id))) state = 'absent';
    return { choice, state, assetCount, sizeBytes, loadedAssets: writer.shapes.get(assetsOf(id))?.loadedRows ?? 0 };
  }

  return {
    decide(known) {
      projects = known;
      const candidates = known.map((project) => {
        const reference = assetsOf(project.id);
        return { ...project, here: isFollowed(reference) || writer.shapes.has(reference) };
      });
      const decided = candidates.filter(
        ({ assetCount, choice, here }) => sizesReported() || assetCount !== null || choice !== null || here,
      );
      undecided = decided.length < candidates.length;
      const chosen = chooseWorkingSet(decided, assetRoom);
      leaving = new Set(decided.filter(({ id, here }) => here && !chosen.has(id) && hasUnsent(id)).map(({ id }) => id));
      // Keeps the order, so that the most recent projects arrive first.
      return new Set(known.map(({ id }) => id).filter((id) => chosen.has(id) || leaving.has(id)));
    },
    get undecided() {
      return undecided;
    },
    get mayRelease() {
      return [...leaving].some((id) => !hasUnsent(id));
    },
    get projects() {
      return new Map(projects.map((project) => [project.id, standing(project)]));
    },
  };
}

function assetsOf(id: string): string {
  return formatShapeReference({ name: 'assets', scopeId: id });
}

function referencesOf(id: string): string[] {
  return projectShapes(id).map(formatShapeReference);
}
