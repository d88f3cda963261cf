import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../api/session.types.js';
import { frame as enFrame } from './en/frame.js';
import type { auditor } from './ja/auditor.js';
import type { customer } from './ja/customer.js';
import { frame as jaFrame } from './ja/frame.js';
import type { security } from './ja/security.js';
import type { staff } from './ja/staff.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: {
      frame: typeof jaFrame;
      customer: typeof customer;
      staff: typeof staff;
      auditor: typeof auditor;
      security: typeof security;
    };
  }
}

/** The chapters of words beside the frame's; each is loaded with the pages that speak it. */
const CHAPTERS = ['customer', 'staff', 'auditor', 'security'] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** Each chapter is a file of its own on the wire. */
const chapters: Readonly<Record<Language, Readonly<Record<Chapter, () => Promise<object>>>>> = {
  ja: {
    customer: async () => (await import('./ja/customer.js')).customer,
    staff: async () => (await import('./ja/staff.js')).staff,
    auditor: async () => (await import('./ja/auditor.js')).auditor,
    security: async () => (await import('./ja/security.js')).security,
  },
  en: {
    customer: async () => (await import('./en/customer.js')).customer,
    staff: async () => (await import('./en/staff.js')).staff,
    auditor: async () => (await import('./en/auditor.js')).auditor,
    security: async () => (await import('./en/security.js')).security,
  },
};

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read: async (spoken: string, chapter: string) =>
    (await chapters[spoken as Language][chapter as Chapter]()) as Record<string, never>,
};

const REMEMBERED = 'daicho.language';

/** The language of the last visit, else that of the browser; Japanese unless English is asked for. */
function firstLanguage(): Language {
  const remembered = localStorage.getItem(REMEMBERED);
  if (remembered === 'ja' || remembered === 'en') return remembered;
  return navigator.language.startsWith('ja') || !navigator.language.startsWith('en') ? 'ja' : 'en';
}

/** Makes the words ready; the frame's are there at once, chapters come with their pages. */
export async function startWords(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: ['ja', 'en'],
      fallbackLng: false,
      ns: ['frame'],
      defaultNS: 'frame',
      partialBundledLanguages: true,
      resources: { ja: { frame: jaFrame }, en: { frame: enFrame } },
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  document.documentElement.lang = i18next.language;
}

export const language = (): Language => (i18next.language === 'en' ? 'en' : 'ja');

/** Speaks another language from now on, also on the next visit. */
export async function speak(next: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, next);
  await i18next.changeLanguage(next);
  document.documentElement.lang = next;
}
