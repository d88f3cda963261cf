const LEADS = [...range(0x81, 0x9f), ...range(0xe0, 0xef)];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Bytes by character, out of the decoder of the platform: it has no encoder. */
function table(): Map<string, readonly number[]> {
  const decoder = new TextDecoder('shift_jis');
  const all = [...range(0x20, 0x7e), ...range(0xa1, 0xdf)].map(byte => [byte]);
  const pairs = LEADS.flatMap(lead => range(0x40, 0xfc).map(trail => [lead, trail]));
  return new Map([...pairs, ...all].map(bytes => [decoder.decode(Uint8Array.from(bytes)), bytes] as const));
}

let known: Map<string, readonly number[]> | undefined;

/** @throws Error for a character that Shift_JIS does not have */
export function shiftJis(text: string): number[] {
  known ??= table();
  return [...text].flatMap(character => {
    if (character === '\n' || character === '\r') return [character.charCodeAt(0)];
    const bytes = known!.get(character);
    if (!bytes) throw new Error(`not in Shift_JIS: ${character}`);
    return [...bytes];
  });
}

/** A query as an old CGI program sends it: percent-encoded bytes of Shift_JIS. */
export const shiftJisQuery = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => {
      const written = shiftJis(value).map(byte =>
        /[\w.-]/.test(String.fromCharCode(byte)) && byte < 0x80
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`,
      );
      return `${name}=${written.join('')}`;
    })
    .join('&');
