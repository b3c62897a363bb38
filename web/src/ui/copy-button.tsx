import { pasteablePath } from '@ingesthub/schema/paths/stored-path.ts';
import { copyText } from './copy-text.ts';
import { Icon } from './icon.tsx';
import { notify, notifyFailure } from './notices.ts';

/** Copies a path or a command. @param props.what names the copied text in labels and notices: 'source path' */
export function CopyButton(props: { text: string; what: string }) {
  async function copy(): Promise<void> {
    try {
      await copyText(pasteablePath(props.text));
      notify(`Copied ${props.what}`);
    } catch (error) {
      notifyFailure(`Could not copy the ${props.what}`, error);
    }
  }
  return (
    <button
      type="button"
      class="button quiet icon"
      aria-label={`Copy ${props.what}`}
      title={`Copy ${props.what}`}
      onClick={() => void copy()}
    >
      <Icon name="copy" size={14} />
    </button>
  );
}
