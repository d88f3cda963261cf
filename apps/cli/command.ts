import { Command, type Option } from 'commander';
import { type FillingsFor, inBoth, inWords, type Language, type ProblemKind, type Sentence } from '#kernel';
import { commanderProblems } from './problems.js';
import { similar } from './similar.js';

/**
 * Commander's command, whose own errors are said in the language of the caller. Commander calls these
 * methods with what is wrong, and they end in its `error` with its code; what it has no method for here stays
 * English.
 */
export class SaidCommand extends Command {
  constructor(
    private readonly language: Language,
    name?: string,
  ) {
    super(name);
  }

  override createCommand(name?: string): Command {
    return new SaidCommand(this.language, name);
  }

  protected missingArgument(name: string): never {
    return this.wrong('missingArgument', commanderProblems.ARGUMENT_MISSING, { name });
  }

  protected optionMissingArgument({ flags }: Option): never {
    return this.wrong('optionMissingArgument', commanderProblems.OPTION_WITHOUT_VALUE, { flags });
  }

  protected missingMandatoryOptionValue({ flags }: Option): never {
    return this.wrong('missingMandatoryOptionValue', commanderProblems.OPTION_MISSING, { flags });
  }

  protected unknownOption(flag: string): never {
    const known: string[] = [];
    for (let at: Command | null = this; at; at = at.parent)
      for (const { long } of at.createHelp().visibleOptions(at)) if (long) known.push(long);
    const meant = meantOf(flag.startsWith('--') ? similar(flag, known) : []);
    return this.wrong('unknownOption', commanderProblems.OPTION_UNKNOWN, { flag, meant });
  }

  protected unknownCommand(): never {
    const [name = ''] = this.args;
    const known = this.createHelp().visibleCommands(this);
    const meant = meantOf(
      similar(
        name,
        known.map(command => command.name()),
      ),
    );
    return this.wrong('unknownCommand', commanderProblems.COMMAND_UNKNOWN, { name, meant });
  }

  protected _excessArguments(given: readonly string[]): never {
    const { length: most } = this.registeredArguments;
    const expected = { ja: String(most), en: most === 1 ? '1 argument' : `${most} arguments` };
    const facts = { verb: this.name(), expected, given: given.length };
    return this.wrong('excessArguments', commanderProblems.ARGUMENTS_EXCESS, facts);
  }

  private wrong<Code extends string, En extends string>(
    code: string,
    kind: ProblemKind<Code, En>,
    ...[facts]: FillingsFor<En>
  ): never {
    return this.error(`error: ${inWords(kind, facts ?? {}, this.language)}`, { code: `commander.${code}` });
  }
}

/** A line behind the sentence: what may have been meant. */
function meantOf(words: readonly string[]): Sentence {
  if (words.length === 0) return { ja: '', en: '' };
  const { MEANT, MEANT_ONE_OF } = commanderProblems;
  const { ja, en } = inBoth(words.length === 1 ? MEANT : MEANT_ONE_OF, { names: words.join(', ') });
  return { ja: `\n${ja}`, en: `\n${en}` };
}
