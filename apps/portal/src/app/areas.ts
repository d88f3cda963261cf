import { area as auditor } from '../auditor/routes.js';
import { area as customer } from '../customer/routes.js';
import { area as security } from '../security/routes.js';
import { area as staff } from '../staff/routes.js';
import type { Chapter } from '../words/index.js';
import type { PageSpec } from './pages.js';

const areas = [customer, staff, auditor, security];

/** Every page with the chapter of words that it speaks. */
export const PAGES: readonly (PageSpec & { readonly chapter: Chapter })[] = areas.flatMap(area =>
  area.pages.map(page => ({ ...page, chapter: area.chapter })),
);
