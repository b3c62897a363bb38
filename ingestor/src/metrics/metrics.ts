/** Counts an ingestor's own work. Prometheus reads the counters; incrementing one costs an addition. */
import type { ModelUsage } from '@ingesthub/schema/library/proposal.ts';
import { type Counter, type Histogram, Registry } from './registry.ts';

type DerivativeName = 'thumbnail' | 'proxy' | 'sprite' | 'waveform';
type Outcome = 'done' | 'failed';

export interface Metrics {
  readonly registry: Registry;
  /** Assets that are new in the library, or whose file has changed. */
  readonly assetsRegistered: Counter;
  /** Files that scans read; its rate is files per second. */
  readonly filesScanned: Counter;
  /** `failed`: the asset has no such derivative, and records why. */
  readonly derivatives: Counter<'kind' | 'outcome'>;
  readonly jobSeconds: Histogram<'kind' | 'outcome'>;
  /** Tokens sent to and received from the model. */
  readonly modelTokens: Counter<'direction'>;
  /** Dollars, when prices are set. */
  readonly modelCost: Counter;
  readonly modelRequests: Counter<'outcome'>;
  /** Counts a derivative that was made, or that failed. */
  countDerivative(kind: DerivativeName, outcome: Outcome): void;
  /** Adds the model usage of one analysis; unknown values are not counted. */
  countModel(usage: ModelUsage): void;
  /** Times a job by kind. */
  timeJob<T>(kind: string, work: () => Promise<T>): Promise<T>;
  /** Registers a collector that runs before every answer, for current values rather than counts. */
  onCollect(collect: () => Promise<void> | void): void;
  /** Returns the answer to Prometheus. */
  text(): Promise<string>;
}

/** From a tenth of a second for a thumbnail to an hour for a proxy. */
const SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800, 3600];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const collectors: (() => Promise<void> | void)[] = [];
  const derivatives = registry.counter('ihub_derivatives_total', 'Derivatives made or failed.', ['kind', 'outcome']);
  const jobSeconds = registry.histogram('ihub_job_seconds', 'Duration of jobs.', ['kind', 'outcome'], SECONDS);
  const modelTokens = registry.counter('ihub_model_tokens_total', 'Tokens sent to and received from the model.', [
    'direction',
  ]);
  const modelCost = registry.counter('ihub_model_cost_dollars_total', 'Cost of the model, when prices are set.');
  const modelRequests = registry.counter(
    'ihub_model_requests_total',
    'Requests to the model: asked, or answered from the cache.',
    ['outcome'],
  );
  return {
    registry,
    assetsRegistered: registry.counter(
      'ihub_assets_registered_total',
      'Assets that were new or whose file had changed.',
    ),
    filesScanned: registry.counter('ihub_scanned_files_total', 'Files that scans read.'),
    derivatives,
    jobSeconds,
    modelTokens,
    modelCost,
    modelRequests,
    countDerivative: (kind, outcome) => derivatives.add(1, { kind, outcome }),
    countModel({ prompt_tokens: prompt, output_tokens: output, cost_usd: cost, requests, cached }) {
      if (prompt !== null) modelTokens.add(prompt, { direction: 'prompt' });
      if (output !== null) modelTokens.add(output, { direction: 'output' });
      if (cost !== null) modelCost.add(cost);
      modelRequests.add(requests, { outcome: 'asked' });
      modelRequests.add(cached, { outcome: 'known' });
    },
    async timeJob(kind, work) {
      const start = performance.now();
      let outcome: Outcome = 'failed';
      try {
        const result = await work();
        outcome = 'done';
        return result;
      } finally {
        jobSeconds.observe((performance.now() - start) / 1000, { kind, outcome });
      }
    },
    onCollect: (collect) => {
      collectors.push(collect);
    },
    async text() {
      await Promise.all(collectors.map((collect) => collect()));
      return registry.text();
    },
  };
}
