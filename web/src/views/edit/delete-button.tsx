/** A button that deletes a named row, which can be undone. */
import { useNavigate } from '@solidjs/router';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { deleteEntity, type Entity } from './delete-entity.ts';

export interface DeleteButtonProps {
  readonly entity: Entity;
  /** For screen readers: 'Delete project'. */
  readonly label: string;
  readonly title: string;
  /** Whether the button has no border until it is pointed at. */
  readonly quiet?: boolean;
  /** The address within the app to open afterwards, where the page shows what is deleted. */
  readonly goTo?: string;
}

export function DeleteButton(props: DeleteButtonProps) {
  const { replica } = useReplica();
  const navigate = useNavigate();

  async function remove(): Promise<void> {
    // Read now: once the row is deleted, the view that passes them is gone.
    const { entity, goTo } = props;
    if ((await deleteEntity(replica, entity)) && goTo !== undefined) navigate(goTo);
  }

  return (
    <button
      type="button"
      class="button icon"
      classList={{ quiet: props.quiet ?? false }}
      aria-label={props.label}
      title={props.title}
      onClick={() => void remove()}
    >
      <Icon name="delete" size={14} />
    </button>
  );
}
