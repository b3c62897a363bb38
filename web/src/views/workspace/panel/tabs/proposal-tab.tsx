/** The proposal for an asset and its package, and its reasons. */
import { ASSET_TYPE_LABELS, PACKAGE_KINDS, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import { createMemo, For, Show } from 'solid-js';
import type { AssetDetail } from '../../../../queries/assets.ts';
import { type PackageOriginRow, packageOriginQuery } from '../../../../queries/placements.ts';
import { createLiveQuery } from '../../../../replica/read/create-live-query.ts';
import { useReplica } from '../../../../ui/replica-context.ts';
import styles from '../asset-panel.module.css';
import { Fact } from '../parts/fact.tsx';
import { placementOf } from './placement-of.ts';

const sources = {
  rules: 'Rules',
  gemini: 'Gemini',
  model: 'A model',
  person: 'A person',
} as const;

export function ProposalTab(props: { readonly asset: AssetDetail }) {
  const { replica } = useReplica();
  const rows = createLiveQuery<PackageOriginRow>(replica, () => packageOriginQuery(props.asset.package_id), {
    key: null,
  });
  const origin = () => rows()[0];
  const proposed = createMemo(() => {
    const entries = origin()?.folder_proposal?.entries;
    return entries ? placementOf(entries, props.asset.relative_path) : null;
  });
  const corrected = createMemo(() => {
    const entries = origin()?.placements;
    return entries ? placementOf(entries, props.asset.relative_path) : null;
  });
  return (
    <Show when={!rows.loading}>
      <Show when={proposed() ?? corrected()}>
        {(entry) => (
          <section class={styles['section']} aria-label="This asset">
            <h3>This asset</h3>
            <dl class="facts">
              <Fact name="Proposed">{describeEntry(proposed())}</Fact>
              <Fact name="Corrected to">{corrected() && describeEntry(corrected())}</Fact>
              <Fact name="Now">{describe(props.asset.subject_name, props.asset.camera, props.asset.asset_type)}</Fact>
              <Fact name="Covers">
                {entry().path === '' ? 'The whole folder' : <span class="mono">{entry().path}</span>}
              </Fact>
              <Fact name="Why">{entry().because}</Fact>
              <Fact name="Certainty">{percent(entry().confidence)}</Fact>
            </dl>
          </section>
        )}
      </Show>
      <Show
        when={origin()?.proposal}
        fallback={<p class={styles['nothing']}>Nothing was proposed: a person set this package up.</p>}
      >
        {(proposal) => (
          <section class={styles['section']} aria-label="The package">
            <h3>The package</h3>
            <dl class="facts">
              <Fact name="By">{sources[proposal().source]}</Fact>
              <Fact name="Certainty">{proposal().source === 'person' ? null : percent(proposal().confidence)}</Fact>
              <Fact name="Proposed type">{kindLabel(proposal().type)}</Fact>
              <Fact name="Type now">{kindLabel(origin()?.type)}</Fact>
              <Fact name="Model">{proposal().model}</Fact>
              <Fact name="Description">{origin()?.description}</Fact>
            </dl>
            <Show when={proposal().evidence.length > 0}>
              <h4>Evidence</h4>
              <ul class={styles['evidence']}>
                <For each={proposal().evidence}>{(sentence) => <li>{sentence}</li>}</For>
              </ul>
            </Show>
            <Show when={(proposal().problems ?? []).length > 0}>
              <h4>Problems</h4>
              <ul class={styles['evidence']}>
                <For each={proposal().problems}>{(sentence) => <li class="warning">{sentence}</li>}</For>
              </ul>
            </Show>
          </section>
        )}
      </Show>
    </Show>
  );
}

function describeEntry(
  entry: { subject: string; camera: string | null; asset_type: AssetDetail['asset_type'] } | null,
): string | null {
  return entry && describe(entry.subject, entry.camera, entry.asset_type);
}

function describe(subject: string | null, camera: string | null, type: AssetDetail['asset_type']): string {
  return [subject ?? 'no subject', camera ?? 'no camera', ASSET_TYPE_LABELS[type]].join(' · ');
}

function percent(share: number | undefined): string | null {
  return share === undefined ? null : `${Math.round(share * 100)}%`;
}

function kindLabel(type: string | undefined): string | null {
  return type === undefined ? null : (PACKAGE_KINDS[type as PackageType]?.label ?? type);
}
