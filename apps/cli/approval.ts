import type { Command } from 'commander';
import type { AccountId, Money } from '#kernel';
import { WhoApproves } from '#nest';
import type { Caller } from '#runtime';
import type { Call } from './call.js';
import { Refused, WrongUsage } from './failure.js';

/** A key here stands in no history of the shell and in no list of processes. */
const KEY = 'DAICHO_APPROVER_KEY';

export const approvalOptions = (command: Command): Command =>
  command
    .option(
      '--approval <code>',
      'of a second person, out of her session; good for this account and amount, once',
    )
    .option('--approver-key <key>', `API key of the second person (default: $${KEY})`)
    .option('--approved-by <id>', 'refused: a name proves nothing');

/** Whether what people sign in with is needed to read an approval. */
export const readsApproval = (call: Call): boolean => call.text('approval') !== undefined;

const provesNothing = (call: Call): string =>
  call.say(
    '--approved-by の名前は承認の証明になりません。--approval <承認コード> ' +
      `または --approver-key <承認者のAPIキー>（${KEY}）を指定してください`,
    '--approved-by is a name and proves nothing: use --approval <code>, out of the session of the second ' +
      `person, or --approver-key <key> (${KEY})`,
  );

/**
 * The second person, proven as over HTTP: by an approval out of her session, which names the act that uses
 * it, or by a key of hers.
 * @param named the option that names the act, which an approval does by itself
 * @throws Refused `APPROVER_NOT_ALLOWED` when it proves nothing; WrongUsage for a mere name
 */
export async function approvalOf(
  call: Call,
  caller: Caller,
  of: { readonly account: AccountId; readonly amount: Money },
  named: string,
): Promise<{ approvedBy: string | null; name: string | undefined }> {
  const name = call.text(named);
  if (call.text('approved-by') !== undefined) throw new WrongUsage(provesNothing(call));
  const code = call.text('approval');
  const token = code ?? call.text('approver-key') ?? (call.io.env[KEY] || undefined);
  if (token === undefined) return { approvedBy: null, name };
  if (code !== undefined && name !== undefined)
    throw new WrongUsage(
      call.say(`--${named} は承認コードが決めます`, `--${named} is given by the approval: leave it out`),
    );
  const isKind = token.startsWith('ap_') === (code !== undefined);
  const approved = isKind && (await call.ask(new WhoApproves({ token, ...of, caller })));
  if (!approved)
    throw new Refused(
      'APPROVER_NOT_ALLOWED',
      'this is no live key of staff, and no approval of this account and amount that is still good',
    );
  return { approvedBy: approved.approvedBy, name: approved.name ?? name };
}
