/** Adds a tag to assets, or removes it when all of them have it. */
import type { Replica } from '../../../replica/model/replica.ts';
import { addTag, removeTag } from './asset-changes.ts';
import { type ChangeTarget, changeAssets } from './change-assets.ts';

export interface ToggleTarget extends ChangeTarget {
  readonly replica: ChangeTarget['replica'] & Pick<Replica, 'query'>;
}

export type ToggleTag = (tag: string, ids: Promise<readonly string[]>) => Promise<void>;

/** A toggle begins when the one before it is done: it must see whether the tag is there. */
export function makeToggleTag(target: ToggleTarget): ToggleTag {
  let former: Promise<void> = Promise.resolve();
  return (tag, ids) => {
    former = former.then(() => toggle(target, tag, ids)).catch(() => {});
    return former;
  };
}

async function toggle(target: ToggleTarget, tag: string, asked: Promise<readonly string[]>): Promise<void> {
  const ids = await asked;
  if (ids.length === 0) return;
  const [row] = await target.replica.query<{ count: number }>({
    text: 'SELECT count(*)::integer AS count FROM asset_tags WHERE tag = $1 AND asset_id = ANY ($2::uuid[])',
    values: [tag, ids],
  });
  await changeAssets(target, ids, row?.count === ids.length ? removeTag(tag) : addTag(tag));
}
