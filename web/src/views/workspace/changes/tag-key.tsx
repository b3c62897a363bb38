/** The key that a person has bound to a tag, beside the tag's name. */
import { type Accessor, createContext, Show, useContext } from 'solid-js';
import { keysOfTags, type TagKeys } from './tag-keys.ts';

/** The bindings of the project on the screen. */
export const TagKeysContext = createContext<Accessor<TagKeys>>(() => ({}));

export function TagKey(props: { tag: string }) {
  const bound = useContext(TagKeysContext);
  return <Show when={keysOfTags(bound(), [props.tag])}>{(key) => <kbd>{key()}</kbd>}</Show>;
}
