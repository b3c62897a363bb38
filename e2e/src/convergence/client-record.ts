/**
 * Records what one client did and saw between two rests, in order, and checks that each field shown was right:
 * a change stays visible until the server rejects it or a later write replaces it.
 */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { fieldName, fieldValue, type LibraryState } from './library-state.ts';
import { intentOf, type Written } from './model.ts';

/** One gesture of the client: mutations queued together. */
export interface Deed {
  /** For an undo, empty until the client reports what it queued; stays empty when the client is killed first. */
  mutations: readonly Mutation[];
  /** Position among the events at which the gesture was requested. */
  readonly askedAt: number;
  /** Position at which the gesture was safe on the client's disk; null when the client was killed first. */
  acceptedAt: number | null;
}

interface ShownFields {
  readonly fields: readonly (readonly [field: string, value: string | null])[];
  /** True when the client has just opened: these are then all of its fields. */
  readonly opened: boolean;
}

/** The server's writes between two rests, in its order. */
export interface ServerHistory {
  /** The state at the previous rest, which all clients shared. */
  readonly before: LibraryState;
  /** Field -> its values in order, each with the position of the write. */
  readonly written: ReadonlyMap<string, readonly { at: number; value: string | undefined }[]>;
  /** Mutation id -> its position; absent when it was rejected or never sent. */
  readonly applied: ReadonlyMap<string, number>;
  /** Tags to which concurrent transactions wrote different values. */
  readonly contested: ReadonlySet<string>;
}

export class ClientRecord {
  readonly deeds: Deed[] = [];
  readonly #events: (ShownFields | Deed)[] = [];
  #shown = new Map<string, string>();

  saw(fields: ShownFields['fields'], opened: boolean): void {
    this.#events.push({ fields, opened });
  }

  asked(mutations: readonly Mutation[] = []): Deed {
    const deed = { mutations, askedAt: this.#events.length, acceptedAt: null };
    this.deeds.push(deed);
    return deed;
  }

  /** Call when the client reports that the gesture is safe on its disk. */
  accepted(deed: Deed): void {
    deed.acceptedAt = this.#events.length;
    this.#events.push(deed);
  }

  /** @returns a sentence for each field that the client showed wrongly, and the number of checks. */
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
      wrong.push(`event ${at}: ${field} was ${value}, which no write has produced since ${since}`);
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
        // A client that was killed before it reported its mutations may have made any change.
        ((deed.mutations.length === 0 && deed.acceptedAt === null) ||
          deed.mutations.some((mutation) => intended(mutation).some(([name, own]) => name === field && own === value))),
    );
  }

  /** Call at rest: returns a new record that starts with the fields shown now. */
  next(): ClientRecord {
    const next = new ClientRecord();
    next.#shown = this.#shown;
    return next;
  }
}

/** Returns the values that a mutation is meant to write. */
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

/** Mutations whose effect depends on other fields of the row, or on another row. */
const MAY_STAY: ReadonlySet<string> = new Set(['assets.move', 'runs.hold', 'incoming.decide']);

/** Returns true when the mutation may rightly leave its rows unchanged. */
function isConditional(mutation: Mutation): boolean {
  return MAY_STAY.has(mutation.name) || Object.keys(intentOf(mutation)?.expect ?? {}).length > 0;
}

/** Returns true when the client had the row of the field, without which it could not change it. */
function isThere(field: string, shown: LibraryState, mutation: Mutation): boolean {
  const [table = '', id = ''] = field.split(' ', 2);
  const row = table === 'asset_tags' ? `assets ${id} deleted` : `${table} ${id} deleted`;
  return mutation.name.endsWith('.create') || shown.has(row);
}
