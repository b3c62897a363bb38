/** The gestures of one person at one client, and what is known about their mutations. */
import type { SeededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import { type Client, ClientGoneError } from './client.ts';
import type { Undone } from './client-messages.ts';
import { ClientRecord, type Deed } from './client-record.ts';

export class Gestures {
  record = new ClientRecord();
  /** Mutations that are safe on the client's disk: each must reach the server. */
  readonly accepted = new Map<string, Mutation>();
  /** Mutations that the client may have queued: it was killed before it reported them. */
  readonly doubtful = new Map<string, Mutation>();
  /** Rejected mutations that were retried or discarded. */
  readonly dismissed = new Set<string>();
  /** Packages whose metadata the client follows. */
  readonly openedPackages = new Set<string>();
  /** The mutation that an undo or redo reverts, by the id of the reverting mutation. */
  readonly takesBack = new Map<string, Mutation>();
  /** The mutations that the latest execution or undo of a step queued, by label. */
  readonly #latest = new Map<string, readonly Mutation[]>();
  /** The number of lists that were compared with plain rows. */
  lists = 0;
  /** The number of undos, redos and retries that were never answered: they may have queued anything. */
  unanswered = 0;

  /** @param mutations one gesture, which undo reverts as a whole. */
  async mutate(client: Client, mutations: readonly Mutation[]): Promise<void> {
    const step = uuid();
    for (const mutation of mutations) {
      const deed = this.record.asked([mutation]);
      this.doubtful.set(mutation.id, mutation);
      this.#latest.set(mutation.id, mutations);
      await client.call('mutate', { mutation, step, label: mutation.id });
      this.#accept(deed);
    }
  }

  async undo(client: Client): Promise<boolean> {
    return this.#takeBack(() => client.call('undo', null));
  }

  async redo(client: Client): Promise<boolean> {
    return this.#takeBack(() => client.call('redo', null));
  }

  /** @returns false when there was no rejected mutation. */
  async retry(client: Client, random: SeededRandom): Promise<boolean> {
    const id = await this.#rejectedOne(client, random);
    if (id === null) return false;
    const deed = this.record.asked();
    this.dismissed.add(id);
    const made = await this.#answered(client.call('retry', { id }));
    this.#queued(deed, made, []);
    this.#latest.set(id, made);
    return true;
  }

  /** @returns false when there was no rejected mutation. */
  async discard(client: Client, random: SeededRandom): Promise<boolean> {
    const id = await this.#rejectedOne(client, random);
    if (id === null) return false;
    this.dismissed.add(id);
    await client.call('discard', { id });
    return true;
  }

  /** @returns the number of lists that were compared with plain rows. */
  async askLists(client: Client, random: SeededRandom, questions: number): Promise<number> {
    const compared = await client.call('askLists', { seed: random.whole(0, 2 ** 31), questions });
    this.lists += compared;
    return compared;
  }

  async openPackage(client: Client, packageId: string): Promise<void> {
    await client.call('needMetadata', { packageId });
    this.openedPackages.add(packageId);
  }

  async #rejectedOne(client: Client, random: SeededRandom): Promise<string | null> {
    const { rejected } = await client.call('standing', null);
    return rejected.length > 0 ? random.pick(rejected) : null;
  }

  async #takeBack(call: () => Promise<Undone | null>): Promise<boolean> {
    const deed = this.record.asked();
    const undone = await this.#answered(call());
    const taken = this.#latest.get(undone?.label ?? '') ?? [];
    const made = undone?.mutations ?? [];
    this.#queued(deed, made, taken);
    for (const [label, mutations] of this.#latest) if (mutations === taken) this.#latest.set(label, made);
    return undone !== null;
  }

  async #answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ClientGoneError) this.unanswered++;
      throw error;
    }
  }

  #queued(deed: Deed, made: readonly Mutation[], taken: readonly Mutation[]): void {
    deed.mutations = made;
    for (const mutation of made) {
      this.doubtful.set(mutation.id, mutation);
      const former = taken.find((one) => takesBack(mutation, one));
      if (former) this.takesBack.set(mutation.id, former);
    }
    this.#accept(deed);
  }

  #accept(deed: Deed): void {
    for (const mutation of deed.mutations) {
      this.accepted.set(mutation.id, mutation);
      this.doubtful.delete(mutation.id);
    }
    this.record.accepted(deed);
  }
}

/** Returns true when a mutation reverts this former one. */
function takesBack(mutation: Mutation, former: Mutation): boolean {
  const kind = ({ name }: Mutation) => name.replace(/\.(create|delete|restore)$/, '.presence');
  const ids: readonly string[] = former.args.ids;
  return kind(mutation) === kind(former) && ids.includes(mutation.args.ids[0] ?? '');
}
