/** The message about the latest action, with one thing to do about it. It stays while it is pointed at or focused. */
import { Show } from 'solid-js';
import { Icon } from '../ui/icon.tsx';
import { act, holdNotice, notice } from '../ui/notices.ts';
import styles from './toasts.module.css';

export function Toasts() {
  return (
    <div
      class={styles['toasts']}
      role="status"
      onPointerEnter={() => holdNotice(true)}
      onPointerLeave={() => holdNotice(false)}
      onFocusIn={() => holdNotice(true)}
      onFocusOut={() => holdNotice(false)}
    >
      <Show when={notice()}>
        {(shown) => (
          <p classList={{ [styles['failed'] ?? '']: shown().kind === 'failed' }}>
            <Icon name={shown().kind === 'failed' ? 'damaged' : 'check'} />
            <span>{shown().text}</span>
            <Show when={shown().action}>
              {(action) => (
                <button type="button" class="button quiet small" onClick={() => act(action())}>
                  {action().label}
                  <Show when={action().label === 'Undo'}>
                    <kbd>Ctrl Z</kbd>
                  </Show>
                </button>
              )}
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}
