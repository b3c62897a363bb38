/** The panel beside the grid: one asset with its preview, verdict, tags and facts, or what several have in common. */
import { Show } from 'solid-js';
import styles from './asset-panel.module.css';
import { ManyAssets } from './many-assets.tsx';
import { OneAsset } from './one-asset.tsx';
import type { AssetPanelProps } from './panel-props.ts';
import { panelWidth, setPanelWidth } from './panel-width.ts';
import { ResizeHandle } from './resize-handle.tsx';

export function AssetPanel(props: AssetPanelProps) {
  return (
    <aside
      ref={props.ref}
      class={styles['panel']}
      aria-label="Asset"
      tabIndex="-1"
      style={{ width: `min(${panelWidth()}px, 42vw)` }}
    >
      <ResizeHandle width={panelWidth()} onWidth={setPanelWidth} />
      <Show when={props.selected.size > 1} fallback={<OneAsset {...props} />}>
        <ManyAssets {...props} />
      </Show>
    </aside>
  );
}
