/** Shows whether this device keeps a project, with a menu to choose. */
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { For } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import { notifyFailure } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { describeDevice, deviceChoices } from './describe-device.ts';
import styles from './working-set.module.css';

export function DeviceMenu(props: { projectId: string }) {
  const { replica, status } = useReplica();
  const project = () => status().projects.get(props.projectId);
  const chosen = () => deviceChoices.find(({ choice }) => choice === (project()?.choice ?? null)) ?? deviceChoices[0];
  function choose(value: string): void {
    const wanted = deviceChoices.find((one) => one.value === value);
    if (!wanted || wanted === chosen()) return;
    replica.chooseProject(props.projectId, wanted.choice).catch((error: unknown) => {
      notifyFailure('Nothing was changed on this device', error);
    });
  }
  return (
    <DropdownMenu modal={false} placement="bottom-end" gutter={4}>
      <DropdownMenu.Trigger class="button quiet">
        {describeDevice(project())} <Icon name="chevron" size={12} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class={`popover ${styles['menu']}`}>
          <DropdownMenu.RadioGroup value={chosen().value} onChange={choose}>
            <For each={deviceChoices}>
              {({ value, label }) => (
                <DropdownMenu.RadioItem class={styles['choice'] ?? ''} value={value} closeOnSelect>
                  <span class={styles['mark']}>
                    <DropdownMenu.ItemIndicator>
                      <Icon name="approved" size={12} />
                    </DropdownMenu.ItemIndicator>
                  </span>
                  {label}
                </DropdownMenu.RadioItem>
              )}
            </For>
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}
