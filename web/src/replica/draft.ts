/** What a transaction of the writer makes of its state, once it is committed. */
import type { GatheredUnits } from '../outbox/affected-units.ts';
import type { PendingMutation } from '../outbox/outbox-rows.ts';
import type { TouchedUnits } from '../outbox/touched-units.ts';
import type { GatheredChanges } from './replica-change.ts';
import type { ReplicatedTables } from './replicated-tables.ts';
import type { ShapeState } from './shape-states.ts';

export interface Draft {
  readonly tables: ReplicatedTables;
  readonly shapes: Map<string, ShapeState>;
  /** In their order. */
  pending: PendingMutation[];
  /** By those. */
  readonly touched: TouchedUnits;
  /** Touched units that are to be made anew. */
  readonly affected: GatheredUnits;
  /** In the library's tables. */
  readonly changes: GatheredChanges;
  /** Rows written, about. */
  changedRows: number;
  rejectedChanged: boolean;
  undoChanged: boolean;
}
