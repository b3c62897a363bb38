/** The app on top of a replica: its routes, and the context that every page uses. */
import { PACKAGE_TYPES } from '@ingesthub/schema/library/package-kinds.ts';
import { Route, Router } from '@solidjs/router';
import { type Component, type JSX, lazy, onCleanup, onMount } from 'solid-js';
import { validate } from 'uuid';
import type { Replica } from './replica/model/replica.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import { Frame } from './frame/frame.tsx';
import { createReplicaContext, ReplicaContext } from './ui/replica-context.ts';
import { NotFound } from './views/not-found.tsx';
import { PaletteHost } from './views/palette/palette-host.tsx';
import { projectTabs } from './views/project/address/project-tabs.ts';
import { subjectTabs } from './views/subject/subject-tabs.ts';

// Each page is fetched when it is first opened; the service worker keeps all of them for a device without a network.
const DashboardPage = page(async () => (await import('./views/dashboard/dashboard-page.tsx')).DashboardPage);
const ProjectsPage = page(async () => (await import('./views/projects/projects-page.tsx')).ProjectsPage);
const ProjectPage = page(async () => (await import('./views/project/project-page.tsx')).ProjectPage);
const PackagePage = page(async () => (await import('./views/package/package-page.tsx')).PackagePage);
const PackagesPage = page(async () => (await import('./views/packages/packages-page.tsx')).PackagesPage);
const SubjectsPage = page(async () => (await import('./views/subjects/subjects-page.tsx')).SubjectsPage);
const SubjectPage = page(async () => (await import('./views/subject/subject-page.tsx')).SubjectPage);
const AssetsPage = page(async () => (await import('./views/assets/assets-page.tsx')).AssetsPage);
const SearchPage = page(async () => (await import('./views/search/search-page.tsx')).SearchPage);
const SyncPage = page(async () => (await import('./views/sync/sync-page.tsx')).SyncPage);
const DeletedPage = page(async () => (await import('./views/deleted/deleted-page.tsx')).DeletedPage);
const CorrectionsPage = page(async () => (await import('./views/corrections/corrections-page.tsx')).CorrectionsPage);
const SettingsPage = page(async () => (await import('./views/settings/settings-page.tsx')).SettingsPage);
const pages = [
  DashboardPage,
  ProjectsPage,
  ProjectPage,
  PackagePage,
  PackagesPage,
  SubjectsPage,
  SubjectPage,
  AssetsPage,
  SearchPage,
  SyncPage,
  DeletedPage,
  CorrectionsPage,
  SettingsPage,
];

/** Milliseconds after which the other pages are fetched, so that opening one does not wait for its program. */
const FETCH_AHEAD_MS = 2000;

export function App(props: { replica: Replica }) {
  onMount(() => {
    const timer = setTimeout(() => void Promise.allSettled(pages.map((page) => page.preload())), FETCH_AHEAD_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return (
    <ReplicaContext.Provider value={createReplicaContext(props.replica)}>
      <Router root={Root}>
        <Route path="/" component={DashboardPage} />
        <Route path="/projects" component={ProjectsPage} />
        <Route
          path="/projects/:id/:tab?"
          matchFilters={{ id: validate, tab: [...projectTabs] }}
          component={ProjectPage}
        />
        <Route path="/packages/:kind" matchFilters={{ kind: [...PACKAGE_TYPES] }} component={PackagesPage} />
        <Route path="/packages/:id" matchFilters={{ id: validate }} component={PackagePage} />
        <Route path="/subjects" component={SubjectsPage} />
        <Route
          path="/subjects/:id/:tab?"
          matchFilters={{ id: validate, tab: [...subjectTabs] }}
          component={SubjectPage}
        />
        <Route path="/assets" component={AssetsPage} />
        <Route path="/search" component={SearchPage} />
        <Route path={['/sync', '/changes']} component={SyncPage} />
        <Route path="/deleted" component={DeletedPage} />
        <Route path="/corrections" component={CorrectionsPage} />
        <Route path="/settings/:section?" component={SettingsPage} />
        <Route path="*" component={() => <NotFound what="page" />} />
      </Router>
    </ReplicaContext.Provider>
  );
}

function Root(props: { children?: JSX.Element }) {
  return (
    <>
      <Frame>{props.children}</Frame>
      <PaletteHost />
    </>
  );
}

function page(fetch: () => Promise<Component>) {
  return lazy(async () => ({ default: await fetch() }));
}
