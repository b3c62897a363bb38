/** The app on top of a replica: its routes, and the context that every page uses. */
import { Route, Router } from '@solidjs/router';
import { validate } from 'uuid';
import type { Replica } from './replica/model/replica.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import { createReplicaContext, ReplicaContext } from './ui/replica-context.ts';
import { ChangesPage } from './views/changes/changes-page.tsx';
import { CorrectionsPage } from './views/corrections/corrections-page.tsx';
import { DeletedPage } from './views/deleted/deleted-page.tsx';
import { NotFound } from './views/not-found.tsx';
import { PackagePage } from './views/package/package-page.tsx';
import { ProjectPage } from './views/project/project-page.tsx';
import { ProjectsPage } from './views/projects/projects-page.tsx';
import { SearchPage } from './views/search/search-page.tsx';
import { SettingsPage } from './views/settings/settings-page.tsx';

export function App(props: { replica: Replica }) {
  return (
    <ReplicaContext.Provider value={createReplicaContext(props.replica)}>
      <Router>
        <Route path={['/', '/projects']} component={ProjectsPage} />
        <Route path="/projects/:id" matchFilters={{ id: validate }} component={ProjectPage} />
        <Route path="/packages/:id" matchFilters={{ id: validate }} component={PackagePage} />
        <Route path="/search" component={SearchPage} />
        <Route path="/changes" component={ChangesPage} />
        <Route path="/deleted" component={DeletedPage} />
        <Route path="/corrections" component={CorrectionsPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route path="*" component={() => <NotFound what="page" />} />
      </Router>
    </ReplicaContext.Provider>
  );
}
