import type { Language } from './sentence.js';

/** What people are told by message. Pure texts: whoever writes one sends nothing, and logs nothing of it. */
export interface MessageText {
  /** Null for SMS and voice, which have none. */
  readonly subject: string | null;
  readonly text: string;
}

/** In which language, and under which name the provider is known to its customers. */
export interface MessageStyle {
  readonly language: Language;
  /** 1-40 characters are shown, e.g. 台帳通信. */
  readonly service: string;
}

export const SHOWN_SERVICE = 40;

/** Controls, line separators and marks of direction could add lines or turn a text around. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line of at most so many characters, of a text that somebody outside chose. */
export function oneLine(text: string, most: number): string {
  const letters = [...text.toWellFormed().replace(UNSEEN, ' ').trim()];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}

/** A mail in one language: the first line is its subject, and who sends it stands under the others. */
export function mailText(
  { language, service }: MessageStyle,
  { ja, en }: { readonly ja: readonly string[]; readonly en: readonly string[] },
): MessageText {
  const name = oneLine(service, SHOWN_SERVICE);
  const [subject = '', ...body] = language === 'ja' ? ja : en;
  const foot =
    language === 'ja'
      ? 'このメールは自動で送信しています。返信はお受けできません。'
      : 'This mail was sent by a program. Replies are not read.';
  const title = language === 'ja' ? `【${name}】${subject}` : `[${name}] ${subject}`;
  return { subject: title, text: `${[...body, '', '--', name, foot].join('\n')}\n` };
}
