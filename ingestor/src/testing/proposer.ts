/** Makes proposals from lists of names, with a model that misbehaves as scripted. */
import type { FolderProposal } from '@ingesthub/schema/library/proposal.ts';
import type { AnalysisCache } from '../analyze/gemini/analysis-cache.ts';
import type { GeminiSettings } from '../analyze/gemini/gemini-settings.ts';
import { type ProposeOptions, proposeFolder } from '../analyze/propose-folder.ts';
import type { Placement } from '../analyze/rules/layout.ts';
import type { ListedAsset } from '../analyze/rules/listing.ts';
import { applyEntries } from '../analyze/rules/placement-rules.ts';
import { fileTypeOf } from '../scan/names/file-types.ts';
import { type FakeGemini, startFakeGemini } from './fake-gemini.ts';

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
  readonly model?: string;
};

export interface Proposed {
  readonly proposal: FolderProposal;
  /** Placements of the paths, according to the proposal's entries. */
  readonly placements: readonly (Placement | null)[];
  readonly subjects: readonly (string | undefined)[];
}

export interface Proposer extends AsyncDisposable {
  readonly gemini: FakeGemini;
  /** Milliseconds that the client would have waited before each repeated request; tests skip the wait. */
  readonly waits: readonly number[];
  propose(paths: readonly string[], options?: ProposerOptions): Promise<Proposed>;
}

export async function startProposer(): Promise<Proposer> {
  const gemini = await startFakeGemini();
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
  };
  return {
    gemini,
    waits,
    async propose(paths, { cache = null, timeoutMs, budgetMs, model = 'test-model-9', ...options } = {}) {
      const settings: GeminiSettings = {
        apiKey: 'secret-key',
        model,
        baseUrl: gemini.url,
        prices: { input: 0.3, output: 2.5 },
      };
      const assets = paths.map(
        (relativePath): ListedAsset => ({
          relativePath,
          fileType: fileTypeOf(relativePath),
          size: 1000,
          sequence: null,
        }),
      );
      const proposal = await proposeFolder(
        { path: '/media/HARBOUR_DAY02', root: '/media', parentHasConfig: false, configSubject: null },
        { assets, unreadable: [] },
        {
          gemini: { settings, cache, wait, timeoutMs, budgetMs },
          findCorrections: async () => [],
          signal: new AbortController().signal,
          ...options,
        },
      );
      const placements = applyEntries(proposal.entries, assets);
      return { proposal, placements, subjects: placements.map((placement) => placement?.subject) };
    },
    [Symbol.asyncDispose]: () => gemini[Symbol.asyncDispose](),
  };
}
