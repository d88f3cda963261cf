import { Refused } from './failure.js';
import { commandRefusals } from './problems.js';

/** Where a secret comes from: a terminal, which can be asked not to show what is typed, or a pipe. */
export interface SecretSource extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  pause(): unknown;
}
interface Prompter {
  write(text: string): unknown;
}

const ENDS = new Set(['\r', '\n', '\u0004']);
const ERASES = new Set(['\u007f', '\b']);
const INTERRUPT = '\u0003';
/** Longer than any password that is taken. */
const LONGEST = 4096;

const none = (): Refused => Refused.as(commandRefusals.NO_PASSWORD);

/** Takes characters until the line ends; true then. @throws Refused for Ctrl-C */
function takes(typed: string[], text: string): boolean {
  for (const character of text) {
    if (ENDS.has(character)) return true;
    if (character === INTERRUPT) throw none();
    if (ERASES.has(character)) typed.pop();
    else typed.push(character);
    if (typed.length > LONGEST) throw none();
  }
  return false;
}

/**
 * Reads one line as a secret. On a terminal the prompt is written and nothing that is typed is shown.
 * @throws Refused `NO_PASSWORD` for an empty line, the end of the input, or Ctrl-C
 */
export async function readSecret(source: SecretSource, prompter: Prompter, prompt: string): Promise<string> {
  const terminal = source.isTTY === true;
  const typed: string[] = [];
  if (terminal) {
    prompter.write(prompt);
    source.setRawMode?.(true);
  }
  try {
    for await (const chunk of source) if (takes(typed, chunk.toString())) break;
  } finally {
    if (terminal) {
      source.setRawMode?.(false);
      prompter.write('\n');
    }
    source.pause();
  }
  if (typed.length === 0) throw none();
  return typed.join('');
}
