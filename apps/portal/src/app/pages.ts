import type { TFunction } from 'i18next';
import type { ComponentType } from 'react';
import { type Route, rolesOf } from '../api/roles.js';
import type { Face, Role } from '../api/session.types.js';
import type { Chapter } from '../words/index.js';

/** The chapters of the side menu, in their order. Their names stand in the frame's words. */
export const SECTIONS = [
  'overview',
  'customers',
  'circles',
  'purchase',
  'history',
  'money',
  'billing',
  'catalogue',
  'operations',
  'books',
  'audit',
  'settings',
] as const;
export type Section = (typeof SECTIONS)[number];

export type Words = TFunction<['frame', Chapter], undefined>;

/** One page: where it is, who sees it, what it is called, and the module that draws it. */
export interface PageSpec {
  /** Below the root, e.g. `/accounts/$account`; a `$name` is read with `useParam('name')`. */
  readonly path: string;
  /** Whose page it is; everybody else gets "no such page". */
  readonly faces: readonly Face[];
  /** Of staff, which roles see it; without it all do. */
  readonly roles?: readonly Role[];
  /** Its name in menu, breadcrumbs and window, from the words of its area. */
  readonly name: (words: Words) => string;
  /** Loaded when the page is first shown; its `default` is the component. */
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** Where it stands in the side menu; pages without it are reached from other pages. */
  readonly menu?: { readonly section: Section; readonly order: number };
}

type Row = readonly [
  path: string,
  name: PageSpec['name'],
  load: PageSpec['load'],
  ...menu: [] | [section: Section, order: number],
];

/**
 * Pages that the same people see, one a line: address, name, module, and where it stands in the menu.
 * @param route of the API that such a page asks: of staff, those see the page whom it answers
 */
export const pagesFor = (faces: readonly Face[], rows: readonly Row[], route?: Route): readonly PageSpec[] =>
  rows.map(([path, name, load, section, order = 0]) => ({
    ...{ path, faces, name, load },
    ...(route && { roles: rolesOf(route) }),
    ...(section && { menu: { section, order } }),
  }));

/** The pages of one area, which come in files of their own. */
export interface Area {
  /** The chapter of words that they speak. */
  readonly chapter: Chapter;
  readonly pages: readonly PageSpec[];
}

/** Whether a page is shown to a face and role. */
export const mayShow = (page: PageSpec, face: Face, role: Role): boolean =>
  page.faces.includes(face) && (page.roles === undefined || face !== 'staff' || page.roles.includes(role));

const depth = (path: string): number => path.split('/').filter(Boolean).length;

/** The pages above a page, from the top down: those whose path is the beginning of its path. */
export function pagesAbove(path: string, pages: readonly PageSpec[]): readonly PageSpec[] {
  return pages
    .filter(page => page.path !== path && page.path !== '/' && path.startsWith(`${page.path}/`))
    .sort((a, b) => depth(a.path) - depth(b.path));
}

/** `/accounts/$account` with its names filled in. */
export const filledIn = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replace(/\$(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
