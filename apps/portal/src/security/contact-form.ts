import { numberPart } from '../ui/number-text.js';
import type { OwnContact } from './questions.js';

/** Whether a text can be a telephone number or a mail address; the server decides. */
export const isContact = (kind: OwnContact['kind'], text: string): boolean =>
  kind === 'phone' ? (numberPart(text) ?? '').length >= 6 : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
