/** What every case has to work with. */
import type { Results } from '../figures.ts';
import type { ServedBaseline } from './baseline/serve-baseline.ts';
import type { Footprint } from './footprint.ts';
import type { Library } from './library.ts';
import type { Recorder } from './record-trace.ts';
import type { Visitor } from './visitor.ts';

export interface Bench {
  readonly library: Library;
  /** Null: it is not to be measured. */
  readonly baseline: ServedBaseline | null;
  /** An open browser on a library without assets. */
  readonly empty: Footprint;
  /** Of the image of the library that the server keeps ready; null when browsers ask for none. */
  readonly image: URL | null;
  readonly record: Recorder;
  /** Two browsers that have all of the library, and show the large package. */
  people(): Promise<readonly [ada: Visitor, ben: Visitor]>;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  run(bench: Bench): Promise<Results>;
}

export const OURS = 'ingesthub';
