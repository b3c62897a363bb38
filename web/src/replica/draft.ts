/** The writer's next state, built up by a transaction and taken over once that has committed. */
import type { GatheredUnits } from '../outbox/affected-units.ts';
import type { PendingMutation } from '../outbox/outbox-rows.ts';
import type { TouchedUnits } from '../outbox/touched-units.ts';
import type { GatheredChanges } from './replica-change.ts';
import type { ReplicatedTables } from './replicated-tables.ts';
import type { ShapeState } from './shape-states.ts';

export interface Draft {
  readonly tables: ReplicatedTables;
  readonly shapes: Map<string, ShapeState>;
  /** Unconfirmed mutations, oldest first. */
  pending: PendingMutation[];
  /** Units touched by the pending mutations. */
  readonly touched: TouchedUnits;
  /** Touched units that must be rebuilt from server truth. */
  readonly affected: GatheredUnits;
  /** Changes to the library's tables. */
  readonly changes: GatheredChanges;
  /** The approximate number of rows written. */
  changedRows: number;
  rejectedChanged: boolean;
  undoChanged: boolean;
}
