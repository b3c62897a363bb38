/**
 * The projects, packages and clients that exist. Only these get their own shapes: every other id shares one shape that
 * stays empty. When the id is created, readers of the empty shape are sent to the id's own shape.
 *
 * A client exists from its first mutation on: before that, it has no rows to receive.
 */
import { type ShapeReference, type ShapeScope, shapes } from '@ingesthub/schema/library/shapes.ts';
import { LRUCache } from 'lru-cache';
import type { Sql } from 'postgres';
import { Condition } from './condition.ts';

export interface KnownScopes {
  /** @throws when the database does not answer. */
  has(reference: ShapeReference): Promise<boolean>;
  /** Notes that a client's first mutation may just have been applied. */
  arrived(client: string): void;
  /** Waits until the id exists. @returns false when the signal came first. */
  until(reference: ShapeReference, signal: AbortSignal): Promise<boolean>;
}

type Scope = Exclude<ShapeScope, 'library'>;

interface Question {
  readonly scope: Scope;
  readonly id: string;
  readonly answer: PromiseWithResolvers<boolean>;
}

/** An id that no row has: the scope of the shape that stays empty. */
export const NO_SCOPE = '00000000-0000-0000-0000-000000000000';

const REMEMBERED = 100_000;
/** Ids in one query. */
const AT_ONCE = 5_000;
/** Milliseconds between two checks for awaited ids. */
const LOOK_MS = 5_000;

export function createKnownScopes(sql: Sql): KnownScopes {
  return new DatabaseScopes(sql);
}

/** Returns the shape that readers of a reference get while its id does not exist. */
export function emptyShape({ name }: ShapeReference): ShapeReference {
  return { name, scopeId: NO_SCOPE };
}

class DatabaseScopes implements KnownScopes {
  readonly #sql: Sql;
  /** Existing ids only: a missing one may be created at any time. */
  readonly #known = new LRUCache<string, true>({ max: REMEMBERED });
  readonly #come = new Condition();
  #questions: Question[] = [];

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async has({ name, scopeId }: ShapeReference): Promise<boolean> {
    const { scope } = shapes[name];
    if (scope === 'library') return true;
    const id = scopeId?.toLowerCase() ?? NO_SCOPE;
    if (id === NO_SCOPE || this.#known.get(`${scope} ${id}`)) return true;
    const answer = Promise.withResolvers<boolean>();
    // Questions of the same moment share one query: a stream names thousands.
    if (this.#questions.length === 0) setImmediate(() => void this.#ask());
    this.#questions.push({ scope, id, answer });
    return answer.promise;
  }

  arrived(client: string): void {
    if (this.#known.has(`client ${client.toLowerCase()}`)) return;
    void this.has({ name: 'mutations', scopeId: client })
      .catch(() => {})
      .then(() => this.#come.wake());
  }

  async until(reference: ShapeReference, signal: AbortSignal): Promise<boolean> {
    const { scope } = shapes[reference.name];
    const key = `${scope} ${reference.scopeId?.toLowerCase() ?? NO_SCOPE}`;
    while (!signal.aborted) {
      if (await this.has(reference).catch(() => false)) return true;
      await this.#come.until(() => this.#known.has(key), signal, LOOK_MS);
    }
    return false;
  }

  async #ask(): Promise<void> {
    const questions = this.#questions;
    this.#questions = [];
    for (const scope of ['project', 'package', 'client'] as const) {
      const ofScope = questions.filter((question) => question.scope === scope);
      for (let at = 0; at < ofScope.length; at += AT_ONCE) await this.#askFor(scope, ofScope.slice(at, at + AT_ONCE));
    }
  }

  async #askFor(scope: Scope, questions: readonly Question[]): Promise<void> {
    try {
      const found = await this.#there(scope, [...new Set(questions.map(({ id }) => id))]);
      for (const id of found) this.#known.set(`${scope} ${id}`, true);
      for (const { id, answer } of questions) answer.resolve(found.has(id));
    } catch (error) {
      for (const { answer } of questions) answer.reject(error);
    }
  }

  async #there(scope: Scope, ids: readonly string[]): Promise<Set<string>> {
    const sql = this.#sql;
    const table = { project: 'projects', package: 'packages', client: 'mutations' }[scope];
    const column = scope === 'client' ? 'client' : 'id';
    const rows = await sql<{ id: string }[]>`
      SELECT asked.id FROM unnest(${ids}::uuid[]) AS asked (id)
      WHERE EXISTS (SELECT FROM ${sql(table)} AS there WHERE there.${sql(column)} = asked.id)`;
    return new Set(rows.map(({ id }) => id));
  }
}
