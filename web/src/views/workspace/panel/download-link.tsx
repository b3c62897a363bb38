/** Downloads the file itself from the server. */
import { Show } from 'solid-js';
import type { AssetDetail } from '../../../queries/assets.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useReplica } from '../../../ui/replica-context.ts';

export function DownloadLink(props: { readonly asset: AssetDetail }) {
  const { online } = useReplica();
  const reason = () => {
    if (props.asset.file_type === 'sequence') return 'An image sequence has no single file to download';
    if (props.asset.first_frame !== null) return 'A recording in several files has no single file to download';
    if (props.asset.missing_since !== null) return 'The file isn’t on disk';
    return online() ? null : 'You’re offline: the file is on the server';
  };
  return (
    <Show
      when={reason()}
      fallback={
        <a
          class="button quiet icon"
          href={`/media/assets/${props.asset.id}/original`}
          download={props.asset.name}
          aria-label="Download the original"
          title="Download the original"
        >
          <Icon name="export" />
        </a>
      }
    >
      {(sentence) => (
        <button
          type="button"
          class="button quiet icon"
          aria-disabled="true"
          aria-label={`Download the original. ${sentence()}`}
          title={sentence()}
        >
          <Icon name="export" />
        </button>
      )}
    </Show>
  );
}
