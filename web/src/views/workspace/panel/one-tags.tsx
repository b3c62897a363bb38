/** The tags of one asset. */
import { createMemo, createSignal, For } from 'solid-js';
import type { AssetDetail } from '../../../queries/assets.ts';
import { type ListCounts, tagsIn } from '../../../queries/list-counts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { NamePicker } from '../../../ui/name-picker.tsx';
import { addTag, removeTag } from '../changes/asset-changes.ts';
import { useChangeAssets } from '../changes/change-context.ts';
import { TagKey } from '../changes/tag-key.tsx';
import styles from './asset-panel.module.css';

export function OneTags(props: { readonly asset: AssetDetail; readonly counts: ListCounts }) {
  const change = useChangeAssets();
  const [open, setOpen] = createSignal(false);
  const tags = createMemo(() => (open() ? tagsIn(props.counts) : []));
  return (
    <section class={styles['tags']} aria-label="Tags">
      <For each={props.asset.tags}>
        {(tag) => (
          <span class="tag" title={tag}>
            <span>{tag}</span>
            <TagKey tag={tag} />
            <button
              type="button"
              aria-label={`Remove tag ${tag}`}
              onClick={() => change(removeTag(tag), [props.asset.id])}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        )}
      </For>
      <NamePicker
        label={
          <>
            <Icon name="add" size={12} /> Add tag
          </>
        }
        fieldLabel="Add a tag to this asset"
        class={styles['addTag'] ?? ''}
        names={tags()}
        picked={props.asset.tags}
        allowNew
        open={open()}
        onOpenChange={setOpen}
        onPick={(tag) => change(addTag(tag), [props.asset.id])}
      />
    </section>
  );
}
