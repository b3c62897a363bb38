/** Adds or edits a correction, and tells where it would apply before it is kept. */
import { type CorrectionKind, correctionKind, NAME_KINDS } from '@ingesthub/schema/library/corrections.ts';
import type { ProjectRow } from '@ingesthub/schema/library/rows.ts';
import { assetType } from '@ingesthub/schema/library/vocabulary.ts';
import { whereElse, whereElseText } from '@ingesthub/schema/library/where-else.ts';
import { For, Show } from 'solid-js';
import { type CorrectionListRow, type WaitingDeliveryRow, waitingDeliveriesQuery } from '../../queries/corrections.ts';
import { projectListQuery } from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ChoiceRow, TextRow } from '../../ui/form-fields.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { createEntityForm } from '../edit/create-entity-form.ts';
import { whileOpen } from '../edit/entity-dialog.tsx';
import { textOrNull, trimmedName } from '../edit/entity-fields.ts';

export interface CorrectionDialogProps {
  /** Null adds a new one. */
  readonly correction: CorrectionListRow | null;
  /** The project for which a new one holds at first; null: the whole studio. */
  readonly projectId: string | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export const CorrectionDialog = whileOpen(CorrectionForm);

const kindLabels: Readonly<Record<CorrectionKind, string>> = {
  person: 'A name is a person',
  generic: 'A name is no person',
  camera: 'A name is a camera',
  role: 'A name is an asset type',
  people_depth: 'People’s folders are at one depth',
  folder_subject: 'The subject of a folder',
  folder_camera: 'The camera of a folder',
  folder_role: 'The asset type of a folder',
};
const kindChoices = [...NAME_KINDS, 'people_depth' as const].map((value) => ({ value, label: kindLabels[value] }));
const roleChoices = assetType.options.map((value) => ({ value, label: value }));
const FIRST_ROLE = 'raw';
const STUDIO = '';

function CorrectionForm(props: CorrectionDialogProps) {
  const { replica } = useReplica();
  const form = createEntityForm({
    table: 'corrections',
    row: props.correction,
    initial: (former) => ({
      kind: former?.kind ?? 'person',
      name: former?.name ?? '',
      value: former?.value ?? '',
      project: (former === null ? props.projectId : former.project_id) ?? STUDIO,
    }),
    values: ({ kind, name, value, project }) => ({
      name: trimmedName(name),
      value: valueIn(kind, name, value),
      project_id: project === STUDIO ? null : project,
    }),
    onlyNew: ({ kind }) => ({ kind }),
    unique: () => null,
    createLabel: 'Add correction',
  });
  const projects = createLiveQuery<Pick<ProjectRow, 'id' | 'name'>>(replica, projectListQuery);
  const waiting = createLiveQuery<WaitingDeliveryRow>(replica, () =>
    waitingDeliveriesQuery(form.typed.project === STUDIO ? null : form.typed.project),
  );
  const scopes = () => [
    { value: STUDIO, label: 'The whole studio' },
    ...projects().map(({ id, name }) => ({ value: id, label: name })),
  ];
  const applies = () => {
    const { kind, name, value } = form.typed;
    if (form.blocked() || waiting.loading) return null;
    const deliveries = waiting().map(({ name: delivery, places }) => ({ name: delivery, places: places ?? [] }));
    return whereElse({ kind, name: trimmedName(name), value: valueIn(kind, name, value) }, deliveries);
  };

  return (
    <FormDialog
      title={form.former === null ? 'Add correction' : 'Edit correction'}
      action={form.former === null ? 'Add' : 'Save'}
      open={props.open}
      onOpenChange={props.onOpenChange}
      blocked={form.blocked()}
      onSave={form.save}
    >
      <Show when={form.former === null} fallback={<p class="muted">{kindLabels[form.typed.kind]}</p>}>
        <ChoiceRow
          label="Kind"
          value={form.typed.kind}
          choices={kindChoices}
          onChange={(kind) => form.type({ kind: correctionKind.parse(kind), value: kind === 'role' ? FIRST_ROLE : '' })}
        />
      </Show>
      <TextRow
        label={form.typed.kind === 'people_depth' ? 'Depth' : 'Name'}
        value={form.typed.name}
        onChange={(name) => form.type({ name })}
        problem={form.problem('name')}
        hint={
          form.typed.kind === 'people_depth'
            ? '1 is a folder directly in a delivery.'
            : 'As it stands in folders and files, in any spelling.'
        }
      />
      <Show when={hasValue(form.typed.kind)}>
        <Show
          when={form.typed.kind === 'role' || form.typed.kind === 'folder_role'}
          fallback={
            <TextRow
              label={form.typed.kind === 'camera' || form.typed.kind === 'folder_camera' ? 'Camera' : 'Subject'}
              value={form.typed.value}
              onChange={(value) => form.type({ value })}
              problem={form.problem('value')}
              hint={
                form.typed.kind === 'person'
                  ? 'Leave empty if it is the same name.'
                  : 'cam_a, cam_2 or cam_left, for a camera.'
              }
            />
          }
        >
          <ChoiceRow
            label="Asset type"
            value={form.typed.value}
            choices={roleChoices}
            onChange={(value) => form.type({ value })}
          />
        </Show>
      </Show>
      <ChoiceRow
        label="Holds for"
        value={form.typed.project}
        choices={scopes()}
        onChange={(project) => form.type({ project })}
      />
      <div role="status" class="muted">
        <Show when={applies()}>
          {(found) => (
            <>
              <p>{whereElseText(found())}</p>
              <ul class="mono">
                <For each={found().examples}>{(path) => <li>{path}</li>}</For>
              </ul>
            </>
          )}
        </Show>
      </div>
    </FormDialog>
  );
}

function hasValue(kind: CorrectionKind): boolean {
  return kind !== 'generic' && kind !== 'people_depth';
}

/** A person whose subject has the same name needs none. */
function valueIn(kind: CorrectionKind, name: string, value: string): string | null {
  if (!hasValue(kind)) return null;
  return textOrNull(trimmedName(value)) ?? (kind === 'person' ? textOrNull(trimmedName(name)) : null);
}
