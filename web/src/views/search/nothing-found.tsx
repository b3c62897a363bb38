/** The next steps when a search finds nothing on this device. */
import { Show } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';

export function NothingFound(props: {
  text: string;
  /** A spelling that names have; null: none is near. */
  suggestion: string | null;
  /** Whether only one project is searched. */
  isNarrowed: boolean;
  onSearch: (text: string) => void;
  onWiden: () => void;
}) {
  return (
    <div class="empty">
      <Icon name="search" size={28} />
      <h2>Nothing on this device matches “{props.text}”</h2>
      <p>Every word must be in a name, a folder or a tag. Try fewer words, or only the beginning of one.</p>
      <Show when={props.suggestion}>
        {(suggestion) => (
          <button type="button" class="button primary" onClick={() => props.onSearch(suggestion())}>
            Search for “{suggestion()}”
          </button>
        )}
      </Show>
      <Show when={props.isNarrowed}>
        <button type="button" class="button" onClick={() => props.onWiden()}>
          Search all projects
        </button>
      </Show>
    </div>
  );
}
