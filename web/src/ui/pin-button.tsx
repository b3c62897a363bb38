/** Pins a project to the sidebar, or takes it away from there. */
import { pinnedProjects, setPinnedProjects, togglePin } from '../preferences/pins.ts';
import { Icon } from './icon.tsx';

export function PinButton(props: { projectId: string; name: string }) {
  const isPinned = () => pinnedProjects().includes(props.projectId);
  const title = () => (isPinned() ? 'Unpin from the sidebar' : 'Pin to the sidebar');
  return (
    <button
      type="button"
      class="button quiet icon"
      aria-pressed={isPinned()}
      aria-label={`Pin ${props.name} to the sidebar`}
      title={title()}
      onClick={() => setPinnedProjects(togglePin(pinnedProjects(), props.projectId))}
    >
      <Icon name={isPinned() ? 'unpin' : 'pin'} />
    </button>
  );
}
