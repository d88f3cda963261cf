import type { AccountId, Money } from '#kernel';
import { WhoApproves } from '#nest';
import type { Caller } from '#runtime';
import { Refused, WrongUsage } from './failure.js';
import type { Invocation } from './invocation.js';
import { option } from './options.js';

/** A key here stands in no history of the shell and in no list of processes. */
const KEY = 'DAICHO_APPROVER_KEY';

export const APPROVAL = [
  option('--approval <code>', {
    ja: '別の担当者が自分の画面で発行した承認コード。このアカウントと金額に1回だけ使える',
    en: 'of a second person, out of her session; good for this account and amount, once',
  }),
  option('--approver-key <key>', {
    ja: `別の担当者のAPIキー（省略時は $${KEY}）`,
    en: `API key of the second person (default: $${KEY})`,
  }),
  option('--approved-by <id>', {
    ja: '使えない。名前だけでは承認の証明にならない',
    en: 'refused: a name proves nothing',
  }),
];

/** Whether what people sign in with is needed to read an approval. */
export const readsApproval = (invocation: Invocation): boolean => invocation.text('approval') !== undefined;

const provesNothing = (invocation: Invocation): string =>
  invocation.say(
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
  invocation: Invocation,
  caller: Caller,
  of: { readonly account: AccountId; readonly amount: Money },
  named: string,
): Promise<{ approvedBy: string | null; name: string | undefined }> {
  const name = invocation.text(named);
  if (invocation.text('approved-by') !== undefined) throw new WrongUsage(provesNothing(invocation));
  const code = invocation.text('approval');
  const token = code ?? invocation.text('approver-key') ?? (invocation.io.env[KEY] || undefined);
  if (token === undefined) return { approvedBy: null, name };
  if (code !== undefined && name !== undefined)
    throw new WrongUsage(
      invocation.say(
        `--${named} は承認コードが決めます`,
        `--${named} is given by the approval: leave it out`,
      ),
    );
  const isKind = token.startsWith('ap_') === (code !== undefined);
  const approved = isKind && (await invocation.ask(new WhoApproves({ token, ...of, caller })));
  if (!approved)
    throw new Refused(
      'APPROVER_NOT_ALLOWED',
      'this is no live key of staff, and no approval of this account and amount that is still good',
    );
  return { approvedBy: approved.approvedBy, name: approved.name ?? name };
}
