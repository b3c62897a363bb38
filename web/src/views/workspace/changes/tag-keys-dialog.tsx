/** Chooses the tags of the keys 1 to 9 in a project. */
import { tagName } from '@ingesthub/schema/mutations/mutations.ts';
import { createSignal, createUniqueId, For, Show } from 'solid-js';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { bindTags, type TagDigit, type TagKeys, tagDigits, tagKeysOf } from './tag-keys.ts';
import styles from './tag-keys-dialog.module.css';

export function TagKeysDialog(props: {
  projectId: string;
  /** Tags to offer. */
  tags: readonly string[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Show when={props.open}>
      <Form {...props} />
    </Show>
  );
}

function Form(props: Parameters<typeof TagKeysDialog>[0]) {
  const offered = createUniqueId();
  const [keys, setKeys] = createSignal<TagKeys>(tagKeysOf(props.projectId));
  const tagOf = (digit: TagDigit) => keys()[digit] ?? '';
  function problemOf(digit: TagDigit): string | null {
    const tag = tagOf(digit).trim();
    if (tag === '') return null;
    const twin = tagDigits.find((other) => other !== digit && tagOf(other).trim() === tag);
    if (twin !== undefined) return `${twin} has this tag too`;
    return tagName.safeParse(tag).error?.issues[0]?.message ?? null;
  }

  async function save(): Promise<void> {
    const chosen = tagDigits.flatMap((digit) => {
      const tag = tagOf(digit).trim();
      return tag === '' ? [] : [[digit, tag] as const];
    });
    bindTags(props.projectId, Object.fromEntries(chosen));
  }

  return (
    <FormDialog
      title="Tags of the keys 1 to 9"
      action="Save"
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={tagDigits.some((digit) => problemOf(digit) !== null)}
      onSave={save}
    >
      <p class="muted">
        A key adds its tag to the selected assets, or removes it when all have it. The keys are yours, in this project
        and on this device.
      </p>
      <datalist id={offered}>
        <For each={props.tags}>{(tag) => <option value={tag} />}</For>
      </datalist>
      <div class={styles['keys']}>
        <For each={tagDigits}>
          {(digit) => (
            <label class={styles['key']}>
              <kbd>{digit}</kbd>
              <input
                class="field"
                aria-label={`Tag of key ${digit}`}
                aria-invalid={problemOf(digit) !== null}
                aria-describedby={problemOf(digit) === null ? undefined : `${offered}-${digit}`}
                list={offered}
                autocomplete="off"
                spellcheck={false}
                value={tagOf(digit)}
                onInput={(event) => setKeys({ ...keys(), [digit]: event.currentTarget.value })}
              />
              <Show when={problemOf(digit)}>
                {(problem) => (
                  <span id={`${offered}-${digit}`} class={styles['problem']}>
                    {problem()}
                  </span>
                )}
              </Show>
            </label>
          )}
        </For>
      </div>
    </FormDialog>
  );
}
