import { rejection } from '#kernel';
import { WhoApproves } from '#nest';
import { type Caller, requestRefusals, type ToApprove } from '#runtime';
import { Refused, WrongUsage } from './failure.js';
import type { Invocation } from './invocation.js';
import { option } from './options.js';
import { usageProblems } from './problems.js';

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

/**
 * The second person, proven as over HTTP: by an approval out of her session, which names the act that uses
 * it, or by a key of hers.
 * @param named the option that names the act, which an approval does by itself
 * @throws Refused `APPROVER_NOT_ALLOWED` when it proves nothing; WrongUsage for a mere name
 */
export async function approvalOf(
  invocation: Invocation,
  caller: Caller,
  of: ToApprove,
  named?: string,
): Promise<{ approvedBy: string | null; name: string | undefined }> {
  const name = named === undefined ? undefined : invocation.text(named);
  if (invocation.text('approved-by') !== undefined)
    throw WrongUsage.of(usageProblems.NAME_PROVES_NOTHING, { key: KEY });
  const code = invocation.text('approval');
  const token = code ?? invocation.text('approver-key') ?? (invocation.io.env[KEY] || undefined);
  if (token === undefined) return { approvedBy: null, name };
  if (code !== undefined && named !== undefined && name !== undefined)
    throw WrongUsage.of(usageProblems.GIVEN_BY_APPROVAL, { option: named });
  const isKind = token.startsWith('ap_') === (code !== undefined);
  const approved = isKind && (await invocation.ask(new WhoApproves({ token, of, caller })));
  if (!approved) throw Refused.of(rejection(requestRefusals.APPROVER_NOT_ALLOWED));
  return { approvedBy: approved.approvedBy, name: approved.name ?? name };
}
