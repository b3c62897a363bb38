/** The environment that every case works with. */
import type { Results } from '../measure/figures.ts';
import type { ServedBaseline } from './baseline/serve-baseline.ts';
import type { Footprint } from './footprint.ts';
import type { Library } from './library.ts';
import type { Recorder } from './record-trace.ts';
import type { Visitor } from './visitor.ts';

export interface Bench {
  readonly library: Library;
  /** Null when the baseline is not measured. */
  readonly baseline: ServedBaseline | null;
  /** Footprint of a browser with an empty library open. */
  readonly empty: Footprint;
  /** Address of the library image that the server keeps ready; null when browsers request none. */
  readonly image: URL | null;
  readonly record: Recorder;
  /** Returns two browsers that hold the whole library and show the large package. */
  people(): Promise<readonly [ada: Visitor, ben: Visitor]>;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  run(bench: Bench): Promise<Results>;
}

export const OURS = 'ingesthub';
