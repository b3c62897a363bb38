/** The menu with which a person takes a path or a command to another program. */
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { createSignal, For, lazy, Show, Suspense } from 'solid-js';
import { type Program, programLabels, programs } from '../../../../paths/asset-commands.ts';
import type { AssetDetail } from '../../../../queries/assets.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { commandOf, copy, folderOf, pathOf } from './copy-asset.ts';

const PathMappingDialog = lazy(async () => ({
  default: (await import('./path-mapping-dialog.tsx')).PathMappingDialog,
}));

export function CopyMenu(props: { readonly asset: AssetDetail }) {
  const [mapping, setMapping] = createSignal(false);
  const keys: Readonly<Partial<Record<Program, string>>> = { rv: 'Ctrl ⇧ C' };
  return (
    <>
      <DropdownMenu modal={false} placement="bottom-end" gutter={4}>
        <DropdownMenu.Trigger
          class="button quiet icon"
          aria-label="Copy a path or command"
          title="Copy a path or command"
        >
          <Icon name="copy" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content class="popover menu">
            <DropdownMenu.Item class="item" onSelect={() => void copy(pathOf(props.asset), 'path')}>
              Path <kbd>Ctrl C</kbd>
            </DropdownMenu.Item>
            <For each={programs}>
              {(program) => (
                <Show when={commandOf(program, props.asset)}>
                  {(command) => (
                    <DropdownMenu.Item class="item" onSelect={() => void copy(command(), programLabels[program])}>
                      {programLabels[program]} <Show when={keys[program]}>{(key) => <kbd>{key()}</kbd>}</Show>
                    </DropdownMenu.Item>
                  )}
                </Show>
              )}
            </For>
            <DropdownMenu.Item class="item" onSelect={() => void copy(folderOf(props.asset), 'package’s folder')}>
              Package’s folder
            </DropdownMenu.Item>
            <hr />
            <DropdownMenu.Item class="item" onSelect={() => setMapping(true)}>
              Paths on this computer…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu>
      <Show when={mapping()}>
        <Suspense>
          <PathMappingDialog onClose={() => setMapping(false)} example={props.asset.source_path} />
        </Suspense>
      </Show>
    </>
  );
}
