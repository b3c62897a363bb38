/** One asset: its preview above, what people say about it, and all that is known in tabs. */
import { Tabs } from '@kobalte/core/tabs';
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { z } from 'zod';
import { isWaiting } from '../../../pictures/create-preview-requests.ts';
import { KeepVideo } from '../../../pictures/ui/keep-video.tsx';
import { createPreference } from '../../../preferences/create-preference.ts';
import { type AssetDetail, assetDetailQuery } from '../../../queries/assets.ts';
import { createLiveQuery } from '../../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../../shortcuts/create-shortcuts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import styles from './asset-panel.module.css';
import { CopyMenu } from './copy/copy-menu.tsx';
import { DownloadLink } from './download-link.tsx';
import { OneTags } from './one-tags.tsx';
import type { AssetPanelProps } from './panel-props.ts';
import { LandmarkDots } from './parts/landmark-dots.tsx';
import { AssetPreview } from './preview/asset-preview.tsx';
import { FIT, type Look } from './preview/look.ts';
import { SourceView } from './source/source-view.tsx';
import { FaceTab } from './tabs/face-tab.tsx';
import { FactsTab } from './tabs/facts-tab.tsx';
import { LinksTab } from './tabs/links-tab.tsx';
import { MetadataTab } from './tabs/metadata-tab.tsx';
import { ProposalTab } from './tabs/proposal-tab.tsx';
import { Verdict } from './verdict.tsx';

const tabNames = ['facts', 'face', 'metadata', 'proposal', 'links'] as const;
type Tab = (typeof tabNames)[number];
const [chosenTab, setChosenTab] = createPreference<Tab>('asset-panel-tab', z.enum(tabNames), 'facts');
const [landmarks, setLandmarks] = createPreference<boolean>('asset-panel-landmarks', z.boolean(), false);

export function OneAsset(props: Omit<AssetPanelProps, 'ref'>) {
  const { replica } = useReplica();
  const rows = createLiveQuery<AssetDetail>(replica, () => assetDetailQuery(props.assetId));
  createEffect(() => {
    const packageId = rows()[0]?.package_id;
    if (packageId !== undefined) void replica.needMetadata(packageId);
  });
  props.previews.show(() =>
    rows()
      .filter(isWaiting)
      .map(({ id }) => id),
  );
  // Kept while the focus moves, so that neighbours are compared at the same place.
  const [look, setLook] = createSignal<Look>(FIT);
  const [inSource, setInSource] = createSignal(false);
  createEffect(
    on(
      () => props.assetId,
      () => setInSource(false),
      { defer: true },
    ),
  );
  createShortcuts({
    zoom: () => setLook((before) => (before.scale === null ? { ...before, scale: 1 } : FIT)),
  });

  return (
    <Show when={rows()[0]}>
      {(asset) => {
        const face = createMemo(() => asset().details?.face ?? null);
        const tab = () => (chosenTab() === 'face' && !hasFace(asset()) ? 'facts' : chosenTab());
        const points = () => {
          const known = face();
          return landmarks() && known?.landmarks_in === 'crop' ? (known.landmarks ?? null) : null;
        };
        return (
          <>
            <header class={styles['header']}>
              <h2 title={asset().name}>{asset().name}</h2>
              <CopyMenu asset={asset()} />
              <DownloadLink asset={asset()} />
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
                aria-label="Close the asset panel"
                title="Close (Esc)"
                onClick={() => props.onClose()}
              >
                <Icon name="close" />
              </button>
            </header>
            <Show
              when={inSource() && face()}
              fallback={
                <AssetPreview
                  asset={asset()}
                  look={look()}
                  onLook={setLook}
                  overlay={points() ? (pixel) => <LandmarkDots points={points() ?? []} pixel={pixel} /> : undefined}
                />
              }
            >
              {(known) => (
                <SourceView
                  cropId={asset().id}
                  projectId={asset().project_id}
                  face={known()}
                  landmarks={landmarks()}
                  onClose={() => setInSource(false)}
                />
              )}
            </Show>
            <div class={styles['scroll']}>
              <KeepVideo asset={asset()} />
              <Show when={asset().problem}>
                {(problem) => (
                  <p class={styles['problem']}>
                    <Icon name="problem" size={14} /> <span>{problem()}</span>
                  </p>
                )}
              </Show>
              <Verdict ids={[asset().id]} status={asset().review_status} />
              <OneTags asset={asset()} counts={props.counts} />
              <Tabs value={tab()} onChange={(value) => setChosenTab(value as Tab)}>
                <Tabs.List class={`tabs ${styles['tabList']}`} aria-label="About the asset">
                  <Tabs.Trigger value="facts">Facts</Tabs.Trigger>
                  <Show when={hasFace(asset())}>
                    <Tabs.Trigger value="face">Face</Tabs.Trigger>
                  </Show>
                  <Tabs.Trigger value="metadata">Metadata</Tabs.Trigger>
                  <Tabs.Trigger value="proposal">Proposal</Tabs.Trigger>
                  <Tabs.Trigger value="links">Links</Tabs.Trigger>
                </Tabs.List>
                <Tabs.Content class={styles['tab']} value="facts">
                  <FactsTab asset={asset()} />
                </Tabs.Content>
                <Tabs.Content class={styles['tab']} value="face">
                  <FaceTab
                    asset={asset()}
                    landmarks={landmarks()}
                    onLandmarks={setLandmarks}
                    onSource={() => setInSource(true)}
                  />
                </Tabs.Content>
                <Tabs.Content class={styles['tab']} value="metadata">
                  <MetadataTab asset={asset()} />
                </Tabs.Content>
                <Tabs.Content class={styles['tab']} value="proposal">
                  <ProposalTab asset={asset()} />
                </Tabs.Content>
                <Tabs.Content class={styles['tab']} value="links">
                  <LinksTab asset={asset()} onSource={() => setInSource(true)} />
                </Tabs.Content>
              </Tabs>
            </div>
          </>
        );
      }}
    </Show>
  );
}

function hasFace({ details, yaw, sharpness }: AssetDetail): boolean {
  return details?.face !== undefined || yaw !== null || sharpness !== null;
}
