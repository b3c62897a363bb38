/**
 * What one client did and saw between two rests, in its order, and whether what it saw was right at each
 * moment: a change that was made stays visible until the server refuses it or somebody comes after it.
 */
import type { Mutation } from '@ingesthub/schema/mutations.ts';
import { fieldName, fieldValue, type LibraryState } from './library-state.ts';
import { intentOf, type Written } from './model.ts';

/** One gesture of the client: mutations that it queued together. */
export interface Deed {
  /** Empty until it is known what an undo queued; for ever when the client was killed before it said so. */
  mutations: readonly Mutation[];
  /** Position among the events at which it was asked for. */
  readonly askedAt: number;
  /** Position at which it was safe on the client's disk; null: the client was killed before it said so. */
  acceptedAt: number | null;
}

interface Sight {
  readonly fields: readonly (readonly [field: string, value: string | null])[];
  /** It had just opened: these are all there are. */
  readonly opened: boolean;
}

/** What the server made of the mutations of one stretch of time, in its order. */
export interface ServerHistory {
  /** As all had it before. */
  readonly before: LibraryState;
  /** Field -> its values in order, each with the position of the write. */
  readonly written: ReadonlyMap<string, readonly { at: number; value: string | undefined }[]>;
  /** Mutation's id -> its position; absent: refused, or never sent. */
  readonly applied: ReadonlyMap<string, number>;
  /** Tags that two wrote at the same moment, one this and one that. */
  readonly contested: ReadonlySet<string>;
}

export class ClientRecord {
  readonly deeds: Deed[] = [];
  readonly #events: (Sight | Deed)[] = [];
  #shown = new Map<string, string>();

  saw(fields: Sight['fields'], opened: boolean): void {
    this.#events.push({ fields, opened });
  }

  asked(mutations: readonly Mutation[] = []): Deed {
    const deed = { mutations, askedAt: this.#events.length, acceptedAt: null };
    this.deeds.push(deed);
    return deed;
  }

  /** The client says that it is safe on its disk. */
  accepted(deed: Deed): void {
    deed.acceptedAt = this.#events.length;
    this.#events.push(deed);
  }

  /** @returns a sentence for each thing that it saw and should not have, and how many things were looked at. */
  check(history: ServerHistory): { wrong: string[]; looks: number } {
    const wrong: string[] = [];
    let looks = 0;
    const shown = this.#shown;
    const binding = new Map<string, { mutation: Mutation; deed: Deed }>();
    const look = (field: string, at: number) => {
      looks++;
      const last = binding.get(field);
      const value = shown.get(field);
      if (this.#isRight(field, value, at, last, history)) return;
      const since = last ? `${last.mutation.name} ${last.mutation.id}` : 'the last rest';
      wrong.push(`event ${at}: ${field} was ${value}, which nobody has written since ${since}`);
    };
    for (const [at, event] of this.#events.entries()) {
      if ('fields' in event) {
        const before = event.opened ? new Set(shown.keys()) : new Set<string>();
        if (event.opened) shown.clear();
        for (const [field, value] of event.fields) {
          if (value === null) shown.delete(field);
          else shown.set(field, value);
          before.add(field);
        }
        for (const field of event.opened ? new Set([...before, ...binding.keys()]) : before) look(field, at);
      } else {
        for (const mutation of event.mutations) {
          if (!history.applied.has(mutation.id) || isConditional(mutation)) continue;
          for (const [field] of intended(mutation)) {
            if (!isThere(field, shown, mutation)) continue;
            binding.set(field, { mutation, deed: event });
            look(field, at);
          }
        }
      }
    }
    return { wrong, looks };
  }

  #isRight(
    field: string,
    value: string | undefined,
    at: number,
    last: { mutation: Mutation; deed: Deed } | undefined,
    { before, written, applied, contested }: ServerHistory,
  ): boolean {
    if (contested.has(field)) return true;
    const from = last === undefined ? -1 : (applied.get(last.mutation.id) ?? -1);
    if (last === undefined && before.get(field) === value) return true;
    if (written.get(field)?.some((write) => write.at >= from && write.value === value)) return true;
    return this.deeds.some(
      (deed) =>
        deed.askedAt <= at &&
        (last === undefined || deed.askedAt >= last.deed.askedAt) &&
        // Nobody knows what was queued when the client was killed.
        ((deed.mutations.length === 0 && deed.acceptedAt === null) ||
          deed.mutations.some((mutation) => intended(mutation).some(([name, own]) => name === field && own === value))),
    );
  }

  /** At rest: what comes from now on is a new record, that begins with what is shown now. */
  next(): ClientRecord {
    const next = new ClientRecord();
    next.#shown = this.#shown;
    return next;
  }
}

/** What it would have its fields be. */
function intended(mutation: Mutation): Written[] {
  if (mutation.name === 'assets.tag') {
    const { ids, add, remove } = mutation.args;
    return ids.flatMap((id) => [
      ...add.map((tag): Written => [fieldName('asset_tags', id, tag), 'true']),
      ...remove.map((tag): Written => [fieldName('asset_tags', id, tag), undefined]),
    ]);
  }
  const intent = intentOf(mutation);
  if (intent === null) return [];
  return mutation.args.ids.flatMap((id) =>
    Object.entries(intent.set).map(
      ([field, value]): Written => [fieldName(intent.table, id, field), fieldValue(value)],
    ),
  );
}

/** What they do depends on what else the row, or another one, says. */
const MAY_STAY: ReadonlySet<string> = new Set(['assets.move', 'runs.hold', 'incoming.decide']);

/** It may rightly do nothing to its rows. */
function isConditional(mutation: Mutation): boolean {
  return MAY_STAY.has(mutation.name) || Object.keys(intentOf(mutation)?.expect ?? {}).length > 0;
}

/** Whether the client had the row that the field is of; what it did not have it could not change. */
function isThere(field: string, shown: LibraryState, mutation: Mutation): boolean {
  const [table = '', id = ''] = field.split(' ', 2);
  const row = table === 'asset_tags' ? `assets ${id} deleted` : `${table} ${id} deleted`;
  return mutation.name.endsWith('.create') || shown.has(row);
}
