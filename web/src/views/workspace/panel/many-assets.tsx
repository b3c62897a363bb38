/** Several selected assets: what they have in common, their sums, and their tags. */
import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import type { AssetType, FileType, ReviewStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { createMemo, createSignal, Show } from 'solid-js';
import type { SharedFact } from '../../../queries/asset-sums.ts';
import { tagsIn } from '../../../queries/list-counts.ts';
import { fileTypeNames } from '../../../ui/asset-words.ts';
import { formatBytes, formatCount, formatCountOf, formatDuration, formatFrameRate } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { NamePicker } from '../../../ui/name-picker.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import { addTag, removeTag } from '../changes/asset-changes.ts';
import { useChangeAssets } from '../changes/change-context.ts';
import { createSelectionSums } from '../edit/create-selection-sums.ts';
import type { SelectionSums, Shared } from '../edit/selection-sums.ts';
import { TagChecks } from '../edit/tag-checks.tsx';
import { noTagChoices, tagStates } from '../edit/tag-choices.ts';
import styles from './asset-panel.module.css';
import type { AssetPanelProps } from './panel-props.ts';
import { Fact } from './parts/fact.tsx';
import { Verdict } from './verdict.tsx';

export function ManyAssets(props: Omit<AssetPanelProps, 'ref'>) {
  const { replica } = useReplica();
  const { sums, loading } = createSelectionSums(replica, () => props.selected);
  const status = (known: SelectionSums) => {
    const shared = known.facts.review_status;
    return shared.is === 'same' ? (shared.value as ReviewStatus) : null;
  };
  return (
    <>
      <header class={styles['header']}>
        <h2>{formatCountOf(props.selected.size, 'asset')}</h2>
        <button
          type="button"
          class="button quiet icon"
          aria-label="Edit"
          title="Edit (E)"
          aria-keyshortcuts="e"
          onClick={() => props.onEdit()}
        >
          <Icon name="edit" />
        </button>
        <button
          type="button"
          class="button quiet icon"
          aria-label="Export"
          title="Export (⇧E)"
          aria-keyshortcuts="Shift+e"
          onClick={() => props.onExport()}
        >
          <Icon name="export" />
        </button>
        <button
          type="button"
          class="button quiet icon"
          aria-label="Close the asset panel"
          title="Close (Esc)"
          onClick={() => props.onClose()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class={styles['scroll']} aria-busy={loading()} data-stale={loading()}>
        <Show
          when={sums()}
          fallback={<p class={styles['nothing']}>Reading {formatCountOf(props.selected.size, 'asset')}…</p>}
        >
          {(known) => (
            <>
              <Verdict ids={[...props.selected]} status={status(known())} />
              <ManyTags {...props} sums={known()} />
              <section class={styles['section']} aria-label="Sums">
                <h3>Together</h3>
                <dl class="facts">
                  <Fact name="Size">{formatBytes(known().sizeBytes)}</Fact>
                  <Fact name="Duration">{durationOf(known())}</Fact>
                  <Fact name="Sharpness">{range(known().sharpness)}</Fact>
                  <Fact name="Yaw">{range(known().yaw, '°')}</Fact>
                  <Fact name="Pitch">{range(known().pitch, '°')}</Fact>
                  <Fact name="Picked up">{known().pickedUp > 0 && outOf(known().pickedUp, known().assets)}</Fact>
                  <Fact name="Not on disk">
                    {known().missing > 0 && <span class="danger">{outOf(known().missing, known().assets)}</span>}
                  </Fact>
                  <Fact name="Problems">
                    {known().problems > 0 && <span class="danger">{outOf(known().problems, known().assets)}</span>}
                  </Fact>
                </dl>
              </section>
              <section class={styles['section']} aria-label="In common">
                <h3>In common</h3>
                <dl class="facts">
                  <SharedFactLine name="Project" sums={known()} fact="project" />
                  <SharedFactLine name="Package" sums={known()} fact="package" />
                  <SharedFactLine name="Subject" sums={known()} fact="subject" otherwise="None" />
                  <SharedFactLine name="Camera" sums={known()} fact="camera" otherwise="None" />
                  <SharedFactLine
                    name="File type"
                    sums={known()}
                    fact="file_type"
                    word={(type) => fileTypeNames[type as FileType]}
                  />
                  <SharedFactLine
                    name="Type"
                    sums={known()}
                    fact="asset_type"
                    word={(type) => ASSET_TYPE_LABELS[type as AssetType]}
                  />
                  <SharedFactLine name="Resolution" sums={known()} fact="resolution" />
                  <SharedFactLine name="Codec" sums={known()} fact="codec" />
                  <SharedFactLine name="Frame rate" sums={known()} fact="frame_rate" word={frameRate} />
                  <SharedFactLine name="Picked up by" sums={known()} fact="picked_up_by" />
                </dl>
              </section>
            </>
          )}
        </Show>
      </div>
    </>
  );
}

function ManyTags(props: Omit<AssetPanelProps, 'ref'> & { readonly sums: SelectionSums }) {
  const change = useChangeAssets();
  const [open, setOpen] = createSignal(false);
  const states = createMemo(() => tagStates(props.sums.tags, props.sums.assets, noTagChoices));
  const ids = () => [...props.selected];
  return (
    <section class={styles['section']} aria-label="Tags">
      <h3>Tags</h3>
      <Show when={states().length > 0} fallback={<p class="muted small">No tags yet</p>}>
        <TagChecks
          tags={states()}
          assets={props.sums.assets}
          onTurn={(tag) => change(tag.on === 'all' ? removeTag(tag.name) : addTag(tag.name), ids())}
        />
      </Show>
      <NamePicker
        label={
          <>
            <Icon name="add" size={12} /> Add tag
          </>
        }
        fieldLabel="Add a tag to all of them"
        class={`small ${styles['addTag']}`}
        names={open() ? tagsIn(props.counts) : []}
        allowNew
        open={open()}
        onOpenChange={setOpen}
        onPick={(tag) => change(addTag(tag), ids())}
      />
    </section>
  );
}

function SharedFactLine(props: {
  readonly name: string;
  readonly sums: SelectionSums;
  readonly fact: SharedFact;
  /** Shown when no asset has a value; absent: the line is left out. */
  readonly otherwise?: string;
  readonly word?: (value: string) => string;
}) {
  const shown = () => wordOf(props.sums.facts[props.fact], props.word ?? ((value) => value), props.otherwise ?? null);
  return (
    <Fact name={props.name}>
      {shown() && <span classList={{ muted: props.sums.facts[props.fact].is === 'mixed' }}>{shown()}</span>}
    </Fact>
  );
}

function wordOf(shared: Shared, word: (value: string) => string, otherwise: string | null): string | null {
  if (shared.is === 'same') return word(shared.value);
  return shared.is === 'mixed' ? 'Mixed' : otherwise;
}

function durationOf({ durationSeconds, timed, assets }: SelectionSums): string | null {
  if (durationSeconds === null) return null;
  return timed === assets
    ? formatDuration(durationSeconds)
    : `${formatDuration(durationSeconds)} in ${formatCount(timed)}`;
}

function outOf(count: number, assets: number): string {
  return count === assets ? 'All' : `${formatCount(count)} of ${formatCount(assets)}`;
}

function range(values: readonly [number, number] | null, unit = ''): string | null {
  if (values === null) return null;
  const [least, most] = values.map((value) => `${Math.round(value)}${unit}`.replace('-', '−'));
  return least === most ? (least ?? null) : `${least} to ${most}`;
}

/** @param ratio a numerator and a denominator: '24000/1001' */
function frameRate(ratio: string): string {
  const [numerator, denominator] = ratio.split('/').map(Number);
  return formatFrameRate(numerator ?? null, denominator ?? null);
}
