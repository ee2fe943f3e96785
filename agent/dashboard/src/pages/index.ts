/** All pages there are; the code of each is fetched when it is first looked at. */
import type { ComponentType } from 'preact';
import { app } from '../app.lang';
import type { Place } from '../router';
import type { IconName } from '../ui/icons';

export interface PageEntry {
  name: string;
  view: 'community' | 'node';
  icon: IconName;
  title: () => string;
  load: () => Promise<ComponentType<{ place: Place }>>;
}

export const PAGES: PageEntry[] = [
  {
    name: 'overview',
    view: 'community',
    icon: 'overview',
    title: () => app().pages.overview,
    load: () => import('./overview').then((page) => page.Overview),
  },
  {
    name: 'services',
    view: 'community',
    icon: 'services',
    title: () => app().pages.services,
    load: () => import('./services').then((page) => page.Services),
  },
  {
    name: 'network',
    view: 'community',
    icon: 'network',
    title: () => app().pages.network,
    load: () => import('./network').then((page) => page.Network),
  },
  {
    name: 'stacks',
    view: 'node',
    icon: 'containers',
    title: () => app().pages.stacks,
    load: () => import('./stacks').then((page) => page.Stacks),
  },
  {
    name: 'apps',
    view: 'node',
    icon: 'apps',
    title: () => app().pages.apps,
    load: () => import('./apps').then((page) => page.Apps),
  },
  {
    name: 'modules',
    view: 'node',
    icon: 'modules',
    title: () => app().pages.modules,
    load: () => import('./modules').then((page) => page.Modules),
  },
  {
    name: 'people',
    view: 'node',
    icon: 'people',
    title: () => app().pages.people,
    load: () => import('./people').then((page) => page.People),
  },
  {
    name: 'doctor',
    view: 'node',
    icon: 'doctor',
    title: () => app().pages.doctor,
    load: () => import('./doctor').then((page) => page.DoctorPage),
  },
  {
    name: 'settings',
    view: 'node',
    icon: 'settings',
    title: () => app().pages.settings,
    load: () => import('./settings').then((page) => page.Settings),
  },
];
