/** The subjects of all projects. */
import { createSignal } from 'solid-js';
import { type ProjectListRow, projectListQuery } from '../../queries/projects.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import list from '../../ui/data-table/list.module.css';
import { Icon } from '../../ui/icon.tsx';
import { NamePicker } from '../../ui/name-picker.tsx';
import { Page } from '../../ui/page.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { SubjectDialog } from '../edit/subject-dialog.tsx';
import { SubjectTable } from './subject-table.tsx';

export function SubjectsPage() {
  const { replica } = useReplica();
  const projects = createLiveQuery<ProjectListRow>(replica, projectListQuery);
  /** Whether the project of a new subject is being chosen, and the chosen one. */
  const [choosing, setChoosing] = createSignal(false);
  const [chosen, setChosen] = createSignal<string | null>(null);
  createShortcuts({ create: () => projects().length > 0 && setChoosing(true) });
  function choose(name: string): void {
    setChosen(projects().find((project) => project.name === name)?.id ?? null);
  }
  return (
    <Page title="Subjects" crumbs={[]}>
      <div class={list['list']}>
        <header class="page-header">
          <h1>Subjects</h1>
          <div class="actions">
            <NamePicker
              class="primary"
              label={
                <>
                  <Icon name="add" size={14} /> New subject <kbd>N</kbd>
                </>
              }
              fieldLabel="Choose the project of the new subject"
              kind="project"
              names={projects().map(({ name }) => ({ name, count: null }))}
              open={choosing()}
              onOpenChange={setChoosing}
              onPick={choose}
            />
          </div>
        </header>
        <SubjectTable projectId={null} />
      </div>
      <SubjectDialog
        projectId={chosen() ?? ''}
        subject={null}
        open={chosen() !== null}
        onOpenChange={(open) => !open && setChosen(null)}
      />
    </Page>
  );
}
