/** Provides to the parts of the workspace how assets are changed, and the tags of a person's keys. */
import type { Accessor, JSX } from 'solid-js';
import { type ChangeAssets, ChangeAssetsContext } from './change-context.ts';
import { TagKeysContext } from './tag-key.tsx';
import type { TagKeys } from './tag-keys.ts';

export function ChangeProvider(props: { change: ChangeAssets; tagKeys: Accessor<TagKeys>; children: JSX.Element }) {
  return (
    <ChangeAssetsContext.Provider value={props.change}>
      <TagKeysContext.Provider value={props.tagKeys}>{props.children}</TagKeysContext.Provider>
    </ChangeAssetsContext.Provider>
  );
}
