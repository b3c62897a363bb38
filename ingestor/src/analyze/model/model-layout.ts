/**
 * Places ATMAN files as a model reads their names. Files that the model omits, or whose answers no name supports,
 * keep the placement of the rules, and the proposal reports them.
 */
import type { ModelUsage } from '@ingesthub/schema/library/proposal.ts';
import { isGenericName } from '../names/read-name.ts';
import { foldersOf, type Placement, SHARED_SUBJECT } from '../rules/layout.ts';
import type { ListedAsset } from '../rules/listing.ts';
import type { AnalysisCache } from './analysis-cache.ts';
import { askBatch } from './ask-batch.ts';
import { BATCH_SIZE, batchRequest } from './batch-request.ts';
import { believe } from './believe.ts';
import { connectModel } from './connect-model.ts';
import { Disputes } from './disputes.ts';
import { inParallel } from './in-parallel.ts';
import { readsLikeInstruction } from './instruction-name.ts';
import { knownPeople } from './known-people.ts';
import { ModelUnreachable } from './model-client.ts';
import { isOwnModel, type ModelSettings } from './model-settings.ts';
import { UsageCounter } from './model-usage.ts';
import { pseudonymousWording } from './pseudonyms.ts';
import { type FileGroup, groupFiles } from './representatives.ts';
import type { RetryRule } from './retry-delay.ts';
import { RuleFiles } from './rule-files.ts';
import { plainWording } from './wording.ts';

export interface ModelOptions {
  readonly settings: ModelSettings;
  /** Null: no answer is cached. */
  readonly cache: AnalysisCache | null;
  readonly signal: AbortSignal;
  /** Time for the whole package. */
  readonly budgetMs?: number | undefined;
  /** Time for one request. */
  readonly timeoutMs?: number | undefined;
  readonly retry?: RetryRule | undefined;
  /** Replaces the clock. */
  readonly wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

export interface ModelLayout {
  /** In the assets' order. */
  readonly placements: readonly Placement[];
  /** The number of placements that are the model's. */
  readonly answered: number;
  /** Indexes of files whose subject the model changed. */
  readonly changed: ReadonlySet<number>;
  /** The number of files that the model and the rules read differently. */
  readonly disputed: number;
  readonly evidence: readonly string[];
  /** One sentence each; empty when nothing went wrong. */
  readonly problems: readonly string[];
  readonly usage: ModelUsage;
}

/** Limits for a cloud, and for a model in the own network, which answers one question after the other. */
const LIMITS = {
  cloud: { budgetMs: 10 * 60_000, timeoutMs: 90_000, questionsAtOnce: 4 },
  own: { budgetMs: 30 * 60_000, timeoutMs: 240_000, questionsAtOnce: 1 },
};
/** Per package. */
const MAX_BATCHES = 100;
const MAX_FOLDER_NAMES = 60;

export interface ListingToPlace {
  readonly assets: readonly ListedAsset[];
  /** The name of the package's folder. */
  readonly delivery: string;
  /** The placements by the rules, in the assets' order. */
  readonly rules: readonly Placement[];
  /** Names of the project's subjects. */
  readonly subjects: readonly string[];
}

/**
 * Asks the model about all names, in batches, and shows it what the rules propose.
 *
 * @throws the signal's reason when it aborts.
 */
export async function modelLayout(
  { assets, delivery, rules, subjects }: ListingToPlace,
  options: ModelOptions,
): Promise<ModelLayout> {
  const { settings, cache, signal, retry, wait } = options;
  const limits = isOwnModel(settings) ? LIMITS.own : LIMITS.cloud;
  const { budgetMs = limits.budgetMs, timeoutMs = limits.timeoutMs } = options;
  const { api, model, baseUrl } = settings;
  const usage = new UsageCounter();
  const byRules = new RuleFiles();
  const disputes = new Disputes();

  const shown = assets.flatMap(({ relativePath }, index) => (readsLikeInstruction(relativePath) ? [] : [index]));
  byRules.add(assets.length - shown.length, 'names that read like instructions are not sent to a model');
  const paths = shown.map((index) => assets[index]?.relativePath ?? '');
  const groups = groupFiles(assets, shown);
  const batches: FileGroup[][] = [];
  for (let start = 0; start < groups.length; start += BATCH_SIZE) {
    batches.push(groups.slice(start, start + BATCH_SIZE));
  }
  const asked = batches.slice(0, MAX_BATCHES);
  byRules.add(countFiles(batches.slice(MAX_BATCHES).flat()), `at most ${MAX_BATCHES} batches are sent to a model`);

  const people = knownPeople([...subjects, ...rules.map(({ subject }) => subject)]);
  const wording = settings.pseudonyms ? pseudonymousWording(people) : plainWording;
  const believed = believe({ model, assets, rules, people, delivery, paths, byRules, disputes });
  const folders = folderNames(paths);
  const budget = AbortSignal.timeout(budgetMs);
  // The first unreachable batch ends the rest, which would fare no better.
  const givenUp = new AbortController();
  const until = AbortSignal.any([signal, budget, givenUp.signal]);
  const client = connectModel(settings, timeoutMs);
  const found: (Placement | null)[] = assets.map(() => null);

  const questions = asked.map((batch) => {
    const files = batch.map(({ asked: file, members }) => ({
      ...file,
      proposed: rules[members[0] ?? -1] ?? { subject: SHARED_SUBJECT, camera: null, assetType: 'raw' as const },
    }));
    const server = api === 'chat' ? `${baseUrl}` : api;
    return { batch, request: batchRequest({ model, server, delivery, folders, files, wording }) };
  });
  await inParallel(questions, limits.questionsAtOnce, async ({ batch, request }) => {
    try {
      until.throwIfAborted();
      const answer = await askBatch(request, { client, cache, usage, retry, wait }, until);
      if ('refused' in answer) byRules.addBatch(countFiles(batch), `the model ${answer.refused}`);
      else for (const [index, placement] of believed(batch, answer.readings)) found[index] = placement;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ModelUnreachable) givenUp.abort(error);
      else if (!until.aborted) throw error;
      byRules.addBatch(countFiles(batch), whyEnded(givenUp.signal, error));
    }
  });

  const answered = found.filter((placement) => placement !== null).length;
  const names = groups.length < shown.length ? `, using ${groups.length} representative names` : '';
  const hidden = settings.pseudonyms ? ', which were replaced before they were sent' : '';
  return {
    placements: found.map((placement, index) => placement ?? (rules[index] as Placement)),
    answered,
    changed: new Set([...found.keys()].filter((index) => isChanged(found[index], rules[index]))),
    disputed: disputes.files,
    evidence: [
      `${model} placed ${answered} of ${assets.length} files by their names${names}${hidden}.`,
      ...disputes.sentences(model),
    ],
    problems: byRules.sentences(asked.length),
    usage: usage.usage(settings.prices),
  };
}

function whyEnded(givenUp: AbortSignal, error: unknown): string {
  if (error instanceof ModelUnreachable) return error.message;
  return givenUp.reason instanceof ModelUnreachable
    ? givenUp.reason.message
    : 'the time limit for the model was reached';
}

function isChanged(found: Placement | null | undefined, rule: Placement | undefined): boolean {
  return found != null && found.subject !== rule?.subject;
}

function countFiles(groups: readonly FileGroup[]): number {
  return groups.reduce((sum, { members }) => sum + members.length, 0);
}

/** Returns the folder names that may be people's, those with most files first. */
function folderNames(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    for (const name of foldersOf(path)) if (!isGenericName(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MAX_FOLDER_NAMES)
    .map(([name]) => name);
}
