/**
 * What a message is about: it stands first in its id, the login second; of a `notice` its own id. So an
 * outbox knows whose a message is without reading it, and a repeat of it has the same id.
 */
export const MESSAGE_ABOUT = [
  ...(['code', 'reset', 'changed', 'locked', 'sign-in'] as const),
  ...(['contact', 'factors', 'notice'] as const),
] as const;
export type MessageAbout = (typeof MESSAGE_ABOUT)[number];

export interface MessageOf {
  readonly about: MessageAbout;
  readonly login: string;
  /** What tells it from others of its kind; a code's begins with the session it was sent for. */
  readonly rest: readonly string[];
}

/** @param rest printable ASCII; a slash in it separates parts */
export const messageId = (about: MessageAbout, login: string, ...rest: string[]): string =>
  [about, login, ...rest].join('/');

/** Undefined for an id that is not of this form. */
export function messageOf(id: string): MessageOf | undefined {
  const [first, login, ...rest] = id.split('/');
  const about = MESSAGE_ABOUT.find(one => one === first);
  return about === undefined || !login ? undefined : { about, login, rest };
}
