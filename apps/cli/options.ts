import { type Command, Option } from 'commander';
import type { Language, Words } from './text.js';

/** An option: of every verb, of a use case, or of one verb alone. */
export interface OptionSaid {
  readonly flags: string;
  readonly about: Words;
  readonly required?: boolean;
  /** It may be given many times. */
  readonly many?: boolean;
}

export const option = (
  flags: string,
  about: Words,
  more: Pick<OptionSaid, 'required' | 'many'> = {},
): OptionSaid => ({ flags, about, ...more });

/** Of every verb. */
export const COMMON = [
  option('--data <dir>', {
    ja: 'データディレクトリ（省略時は $DAICHO_DATA、なければ ./data）',
    en: 'data directory (default: $DAICHO_DATA, else ./data)',
  }),
  option('--json', {
    ja: '機械向け。JSON 1件、一覧は JSON Lines',
    en: 'for machines: one JSON document, JSON Lines for a list',
  }),
  option('--lang <ja|en>', {
    ja: '出力の言語（省略時は LANG による）',
    en: 'language of the output (default: from LANG)',
  }),
];
/** Of verbs that write in the caller's name. */
export const ACTOR = option('--actor <id>', {
  ja: '実行者（省略時は cli:<user>）',
  en: 'who does it (default: cli:<user>)',
});
export const REASON = option('--reason <text>', { ja: '理由', en: 'why' });
export const ID = option('--id <id>', {
  ja: 'コマンドID。同じIDは1回だけ実行される（省略時は乱数）',
  en: 'command id: the same id is done once (default: random)',
});

const collected = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

export function addOptions(command: Command, options: readonly OptionSaid[], language: Language): Command {
  for (const { flags, about, required = false, many = false } of options) {
    const option = new Option(flags, about[language]).makeOptionMandatory(required);
    command.addOption(many ? option.argParser(collected) : option);
  }
  return command;
}
