/** Everything that was read from the file: EXIF, streams, EXR channels and windows. */
import { createMemo, For, Show } from 'solid-js';
import type { AssetDetail } from '../../../../queries/assets.ts';
import { useReplica } from '../../../../ui/replica-context.ts';
import styles from '../asset-panel.module.css';
import { Fact } from '../parts/fact.tsx';
import { metadataSections } from './metadata-sections.ts';

export function MetadataTab(props: { readonly asset: AssetDetail }) {
  const sections = createMemo(() => (props.asset.details === null ? [] : metadataSections(props.asset.details)));
  return (
    <Show
      when={sections().length > 0}
      fallback={
        <p class={styles['nothing']}>
          <Absent asset={props.asset} />
        </p>
      }
    >
      <For each={sections()}>
        {(section) => (
          <section class={styles['section']} aria-label={section.title}>
            <h3>{section.title}</h3>
            <dl class="facts">
              <For each={section.facts}>
                {({ name, value }) => (
                  <Fact name={name}>
                    <span class={styles['lines']}>{value}</span>
                  </Fact>
                )}
              </For>
            </dl>
          </section>
        )}
      </For>
    </Show>
  );
}

/** Says why there are no metadata. */
export function Absent(props: { readonly asset: Pick<AssetDetail, 'has_metadata' | 'probe_status' | 'problem'> }) {
  const { online } = useReplica();
  const sentence = () => {
    if (props.asset.probe_status === 'pending') return 'The file has not been read yet.';
    if (props.asset.probe_status === 'failed') return 'The file could not be read.';
    if (props.asset.has_metadata) return 'The file has no metadata of this kind.';
    return online()
      ? 'Loading this package’s metadata…'
      : 'This package’s metadata isn’t on this device, and you’re offline.';
  };
  return <>{sentence()}</>;
}
