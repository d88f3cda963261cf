import { type Area, pagesFor } from '../app/pages.js';

const unused = () => import('./unused-balance-page.js');
const trialBalance = () => import('./trial-balance-page.js');
const reconciliation = () => import('./reconciliation-page.js');

/** Pages of those who check the books: the auditor, and of staff those to whom the API answers the same. */
export const area: Area = {
  chapter: 'auditor',
  pages: [
    ...pagesFor(
      ['auditor'],
      [['/', t => t('auditor:home.name'), () => import('./home-page.js'), 'overview', 0]],
    ),
    ...pagesFor(
      ['auditor', 'staff'],
      [
        ['/events', t => t('auditor:events.name'), () => import('./events-page.js'), 'audit', 1],
        ['/events/$position', t => t('auditor:event.name'), () => import('./event-page.js')],
        ['/verify', t => t('auditor:verify.name'), () => import('./verify-page.js'), 'audit', 2],
        ['/replay', t => t('auditor:replay.name'), () => import('./replay-page.js'), 'audit', 3],
        ['/export', t => t('auditor:export.name'), () => import('./export-page.js'), 'audit', 4],
        ['/staff-acts', t => t('auditor:acts.name'), () => import('./acts-page.js'), 'audit', 5],
      ],
      'GET /api/v1/events',
    ),
    ...pagesFor(
      ['auditor', 'staff'],
      [
        ['/as-of', t => t('auditor:asOf.name'), () => import('./as-of-page.js'), 'books', 1],
        ['/explain', t => t('auditor:explain.name'), () => import('./explain-page.js'), 'books', 2],
        ['/trial-balance', t => t('auditor:trialBalance.name'), trialBalance, 'books', 3],
        ['/unused-balance', t => t('auditor:unused.name'), unused, 'books', 4],
        ['/reconciliation', t => t('auditor:reconciliation.name'), reconciliation, 'books', 5],
      ],
      'GET /api/v1/trial-balance',
    ),
  ],
};
