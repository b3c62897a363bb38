/** Facts and actions that the workspace gives its panel. */
import type { PreviewRequests } from '../../../pictures/create-preview-requests.ts';
import type { ListCounts } from '../../../queries/list-counts.ts';

export interface AssetPanelProps {
  readonly ref: (element: HTMLElement) => void;
  /** The asset with the keyboard focus, shown unless several are selected. */
  readonly assetId: string;
  readonly selected: ReadonlySet<string>;
  /** Counts of the list that the assets are in. */
  readonly counts: ListCounts;
  readonly previews: PreviewRequests;
  readonly onEdit: () => void;
  readonly onExport: () => void;
  readonly onClose: () => void;
}
