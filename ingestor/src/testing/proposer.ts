/** Makes proposals from lists of names, with a model that misbehaves as scripted. */
import type { FolderProposal } from '@ingesthub/schema/library/proposal.ts';
import type { AnalysisCache } from '../analyze/model/analysis-cache.ts';
import type { ModelSettings } from '../analyze/model/model-settings.ts';
import { type ProposeOptions, proposeFolder } from '../analyze/propose-folder.ts';
import type { Placement } from '../analyze/rules/layout.ts';
import type { ListedAsset } from '../analyze/rules/listing.ts';
import { applyEntries } from '../analyze/rules/placement-rules.ts';
import { fileTypeOf } from '../scan/names/file-types.ts';
import { type FakeModel, startFakeModel } from './fake-model.ts';

/** Rules know none of these names; only a model reads them as people's. */
export const PATHS: readonly string[] = [
  'DAY02/zib/a.mov',
  'DAY02/zib/b.mov',
  'DAY02/quor/B_CAM/c.mov',
  'DAY02/quor/c_graded.mov',
  'sound/x.wav',
];
export const BY_MODEL: readonly string[] = ['zib', 'zib', 'quor', 'quor', 'shared'];

export type ProposerOptions = Partial<ProposeOptions> & {
  readonly cache?: AnalysisCache;
  readonly timeoutMs?: number;
  readonly budgetMs?: number;
  /** The model's name. */
  readonly named?: string;
  readonly pseudonyms?: boolean;
  readonly delivery?: string;
};

export interface Proposed {
  readonly proposal: FolderProposal;
  /** Placements of the paths, according to the proposal's entries. */
  readonly placements: readonly (Placement | null)[];
  readonly subjects: readonly (string | undefined)[];
}

export interface Proposer extends AsyncDisposable {
  readonly fake: FakeModel;
  /** Milliseconds that the client would have waited before each repeated request; tests skip the wait. */
  readonly waits: readonly number[];
  propose(paths: readonly string[], options?: ProposerOptions): Promise<Proposed>;
}

export async function startProposer(
  api: ModelSettings['api'] = 'gemini',
  read?: Parameters<typeof startFakeModel>[1],
): Promise<Proposer> {
  const fake = await startFakeModel(api, read);
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  return {
    fake,
    waits,
    async propose(paths, { cache = null, timeoutMs, budgetMs, ...options } = {}) {
      const { named = fake.settings.model, pseudonyms = false, delivery = 'HARBOUR_DAY02', ...others } = options;
      const settings: ModelSettings = { ...fake.settings, model: named, pseudonyms };
      const assets = paths.map(
        (relativePath): ListedAsset => ({
          relativePath,
          fileType: fileTypeOf(relativePath),
          size: 1000,
          sequence: null,
        }),
      );
      const proposal = await proposeFolder(
        { path: `/media/${delivery}`, root: '/media', parentHasConfig: false, configSubject: null },
        { assets, unreadable: [] },
        {
          model: { settings, cache, wait, timeoutMs, budgetMs },
          findCorrections: async () => [],
          signal: new AbortController().signal,
          ...others,
        },
      );
      const placements = applyEntries(proposal.entries, assets);
      return { proposal, placements, subjects: placements.map((placement) => placement?.subject) };
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}
