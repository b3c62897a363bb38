/** The page's side of the mirror: keeps the scopes' ids, so that answers only carry row numbers. */
import type { KnownRows, MirrorAnswer, MirroredList, MirrorQuestion, MirrorReply } from './mirror-questions.ts';
import { IdTable, MirroredOrder } from './mirrored-order.ts';

/** Asks the mirror, which answers null when a later question of the same asker has come. */
export type AskRows = (question: MirrorQuestion, asker: string, known: KnownRows | null) => Promise<MirrorReply | null>;

/** Scopes whose ids are kept; 16 MB for each 1,000,000 assets. */
const KEPT = 4;

/** Returns a function that asks for lists with their ids. */
export function createMirroredLists(
  ask: AskRows,
): (question: MirrorQuestion, asker: string) => Promise<MirroredList | null> {
  /** By scope, the least recently answered first. */
  const tables = new Map<string, IdTable>();

  return async (question, asker) => {
    const key = JSON.stringify(question.scope);
    const before = tables.get(key);
    const known = before ? { generation: before.generation, rows: before.rows } : null;
    const reply = await ask(question, asker, known);
    if (reply === null) return null;
    let table = tables.get(key);
    if (table?.generation !== reply.generation) {
      // Another answer may have replaced the ids that this one goes on from.
      table = before?.generation === reply.generation ? before : new IdTable(reply.generation);
    }
    table.add(reply.from, reply.ids);
    tables.delete(key);
    tables.set(key, table);
    if (tables.size > KEPT) tables.delete(tables.keys().next().value as string);
    const { order, pose } = reply.answer;
    const rows = table;
    return {
      ...reply.answer,
      order: new MirroredOrder(order, rows),
      pose: nameSharpest(pose, (row) => rows.format(row)),
    };
  };
}

/** Returns the bins with ids instead of row numbers. */
export function nameSharpest(pose: MirrorAnswer['pose'], idOf: (row: number) => string): MirroredList['pose'] {
  return pose && { ...pose, sharpest: pose.sharpest?.map((row) => (row === null ? null : idOf(row))) ?? null };
}
