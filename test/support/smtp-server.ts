import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** One mail as it came over the wire, dots unstuffed. */
export interface WireMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly data: string;
}

export interface SmtpServer {
  readonly url: string;
  readonly mails: WireMail[];
  /** Replies that it gives instead of its own, by verb, e.g. `{ RCPT: '550 no such user' }`. */
  readonly answers: Partial<Record<'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'TEXT', string>>;
  /** How many connections were opened so far. */
  connections(): number;
  close(): Promise<void>;
}

interface Talk {
  from: string;
  to: string[];
  text: string | null;
}

const pathOf = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

/** A mail server of RFC 5321 as small as can be, without TLS: it takes mails and keeps them. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: WireMail[] = [];
  const answers: SmtpServer['answers'] = {};
  const sockets = new Set<Socket>();
  let connections = 0;

  /** The reply to one line, or nothing inside a text. */
  function reply(line: string, talk: Talk): string | null {
    if (talk.text !== null) {
      if (line !== '.') {
        talk.text += `${line.startsWith('.') ? line.slice(1) : line}\r\n`;
        return null;
      }
      if (!answers.TEXT) mails.push({ from: talk.from, to: talk.to, data: talk.text });
      talk.text = null;
      return answers.TEXT ?? '250 taken';
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') return answers.EHLO ?? '250 test.example';
    if (verb === 'MAIL') {
      Object.assign(talk, { from: pathOf(line), to: [] });
      return answers.MAIL ?? '250 ok';
    }
    if (verb === 'RCPT') {
      talk.to.push(pathOf(line));
      return answers.RCPT ?? '250 ok';
    }
    if (verb === 'DATA') {
      if (!answers.DATA) talk.text = '';
      return answers.DATA ?? '354 go on';
    }
    if (verb === 'QUIT') return '221 bye';
    return verb === 'RSET' || verb === 'NOOP' ? '250 ok' : '502 unknown';
  }

  const server = createServer(socket => {
    connections++;
    sockets.add(socket);
    const talk: Talk = { from: '', to: [], text: null };
    let rest = '';
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const answer = reply(line, talk);
        if (answer !== null) socket.write(`${answer}\r\n`);
      }
    });
    socket.write('220 test.example ESMTP\r\n');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    answers,
    connections: () => connections,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Headers by lower-case name, unfolded and decoded (RFC 2047), and the text of a mail in base64. */
export function readMail({ data }: WireMail): { headers: ReadonlyMap<string, string>; text: string } {
  const end = data.indexOf('\r\n\r\n');
  const lines = data
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const decoded = (value: string): string =>
    value
      .replace(/(\?=) (?==\?)/g, '$1')
      .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_all, word: string) => Buffer.from(word, 'base64').toString());
  const pairs = lines.map(line => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), decoded(line.slice(at + 1).trim())] as const;
  });
  const headers = new Map(pairs);
  if (headers.get('content-transfer-encoding') !== 'base64') throw new Error('the text is not in base64');
  return { headers, text: Buffer.from(data.slice(end), 'base64').toString().replaceAll('\r\n', '\n') };
}
