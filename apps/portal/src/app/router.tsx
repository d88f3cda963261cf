import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { type ComponentType, lazy } from 'react';
import { Waiting } from '../ui/states.js';
import { PAGES } from './areas.js';
import { FailedPage, NotFoundPage } from './fallback-pages.js';
import { PlacedPage } from './placed-page.js';
import { Shell } from './shell.js';
import { parseSearch, stringifySearch } from './url-state.js';

const root = createRootRoute({ component: Outlet });

/** Pages for those who have lost their password: nobody is signed in. */
const outside: readonly (readonly [path: string, load: () => Promise<{ default: ComponentType }>])[] = [
  ['/password-reminder', () => import('../sign-in/reminder-page.js')],
  ['/reset-password', () => import('../sign-in/reset-page.js')],
];

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

/** One route per address; whose page is shown there depends on who is signed in. */
const inside = [...Map.groupBy(PAGES, page => page.path)].map(([path, pages]) => {
  const drawn = pages.map(page => ({ page, Page: lazy(page.load) }));
  return createRoute({
    getParentRoute: () => shell,
    path,
    component: () => <PlacedPage candidates={drawn} />,
  });
});

const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage });

export const router = createRouter({
  routeTree: root.addChildren([
    ...outside.map(([path, load]) =>
      createRoute({ getParentRoute: () => root, path, component: lazy(load) }),
    ),
    shell.addChildren([...inside, nowhere]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPendingComponent: Waiting,
  defaultErrorComponent: FailedPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});
