import type { Area, PageSpec } from '../app/pages.js';

/** The auditor, and of staff those to whom the API answers the same. */
const everywhere = { faces: ['auditor', 'staff'] } as const;
const forAdmins = { ...everywhere, roles: ['admin'] } as const;
const forBooks = { ...everywhere, roles: ['billing', 'approver', 'admin'] } as const;

const proofs: readonly PageSpec[] = [
  {
    path: '/verify',
    ...forAdmins,
    name: t => t('auditor:verify.name'),
    load: () => import('./verify-page.js'),
    menu: { section: 'audit', order: 2 },
  },
  {
    path: '/replay',
    ...forAdmins,
    name: t => t('auditor:replay.name'),
    load: () => import('./replay-page.js'),
    menu: { section: 'audit', order: 3 },
  },
  {
    path: '/export',
    ...forAdmins,
    name: t => t('auditor:export.name'),
    load: () => import('./export-page.js'),
    menu: { section: 'audit', order: 4 },
  },
  {
    path: '/staff-acts',
    ...forAdmins,
    name: t => t('auditor:acts.name'),
    load: () => import('./acts-page.js'),
    menu: { section: 'audit', order: 5 },
  },
];

const books: readonly PageSpec[] = [
  {
    path: '/as-of',
    ...forBooks,
    name: t => t('auditor:asOf.name'),
    load: () => import('./as-of-page.js'),
    menu: { section: 'books', order: 1 },
  },
  {
    path: '/explain',
    ...forBooks,
    name: t => t('auditor:explain.name'),
    load: () => import('./explain-page.js'),
    menu: { section: 'books', order: 2 },
  },
  {
    path: '/trial-balance',
    ...forBooks,
    name: t => t('auditor:trialBalance.name'),
    load: () => import('./trial-balance-page.js'),
    menu: { section: 'books', order: 3 },
  },
  {
    path: '/reconciliation',
    ...forBooks,
    name: t => t('auditor:reconciliation.name'),
    load: () => import('./reconciliation-page.js'),
    menu: { section: 'books', order: 4 },
  },
];

/** Pages of those who check the books. */
export const area: Area = {
  chapter: 'auditor',
  pages: [
    {
      path: '/',
      faces: ['auditor'],
      name: t => t('auditor:home.name'),
      load: () => import('./home-page.js'),
      menu: { section: 'overview', order: 0 },
    },
    {
      path: '/events',
      ...forAdmins,
      name: t => t('auditor:events.name'),
      load: () => import('./events-page.js'),
      menu: { section: 'audit', order: 1 },
    },
    {
      path: '/events/$position',
      ...forAdmins,
      name: t => t('auditor:event.name'),
      load: () => import('./event-page.js'),
    },
    ...proofs,
    ...books,
  ],
};
