import { pasteablePath } from '@ingesthub/schema/stored-path.ts';
import { Icon } from './icon.tsx';
import { notify, notifyFailure } from './notices.ts';

/** @param props.text a path. @param props.what names what is copied: 'source path' */
export function CopyButton(props: { text: string; what: string }) {
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(pasteablePath(props.text));
      notify(`Copied the ${props.what}`);
    } catch (error) {
      notifyFailure(`The ${props.what} was not copied`, error);
    }
  }
  return (
    <button
      type="button"
      class="button quiet icon"
      aria-label={`Copy the ${props.what}`}
      title={`Copy the ${props.what}`}
      onClick={() => void copy()}
    >
      <Icon name="copy" size={14} />
    </button>
  );
}
