/** The writer's next state, built up by a transaction and taken over once that has committed. */
import type { GatheredUnits } from '../model/affected-units.ts';
import type { PendingMutation } from '../model/outbox-rows.ts';
import type { GatheredChanges } from '../model/replica-change.ts';
import type { ReplicatedTables } from '../model/replicated-tables.ts';
import type { ShapeState } from '../model/shape-states.ts';
import type { TouchedUnits } from '../model/touched-units.ts';

export interface WriterDraft {
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
