/** Form fields: a label, an input or a choice, and the problem with its value. */
import { TextField } from '@kobalte/core/text-field';
import { type Accessor, createContext, createUniqueId, For, Show, useContext } from 'solid-js';
import styles from './form-fields.module.css';

/** Whether saving was attempted: until then an empty field shows no problem. */
export const TriedContext = createContext<Accessor<boolean>>(() => true);

export interface TextRowProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The problem with the value; null when it is valid. */
  readonly problem?: string | null | undefined;
  readonly hint?: string;
  readonly multiline?: boolean;
  /** For paths. */
  readonly monospace?: boolean;
}

export function TextRow(props: TextRowProps) {
  const tried = useContext(TriedContext);
  const problem = () => (props.value === '' && !tried() ? null : props.problem);
  return (
    <TextField
      class={styles['row'] ?? ''}
      value={props.value}
      onChange={props.onChange}
      validationState={problem() ? 'invalid' : 'valid'}
    >
      <TextField.Label class={styles['label']}>{props.label}</TextField.Label>
      <Show
        when={props.multiline}
        fallback={
          <TextField.Input
            class="field"
            classList={{ mono: props.monospace ?? false }}
            autocomplete="off"
            spellcheck={false}
          />
        }
      >
        <TextField.TextArea class={`field ${styles['area']}`} rows={3} />
      </Show>
      <Show when={props.hint && !problem()}>
        <TextField.Description class="muted">{props.hint}</TextField.Description>
      </Show>
      <TextField.ErrorMessage class={styles['problem']}>{problem()}</TextField.ErrorMessage>
    </TextField>
  );
}

export interface ChoiceRowProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

export function ChoiceRow(props: ChoiceRowProps) {
  const id = createUniqueId();
  return (
    <div class={styles['row']}>
      <label class={styles['label']} for={id}>
        {props.label}
      </label>
      <select id={id} class="field" onChange={(event) => props.onChange(event.currentTarget.value)}>
        <For each={props.choices}>
          {(choice) => (
            // Set on the option, as the options may arrive after the value was set on the select.
            <option value={choice.value} selected={choice.value === props.value}>
              {choice.label}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
