import type { AskedAgain, IdentityPaper, PaperKind, PartyEvent } from '#contracts';
import { type AccountId, column, type Instant, projection, table } from '#kernel';

const papersTable = table({
  name: 'identity_papers',
  columns: {
    account: column.text<AccountId>(),
    paper: 'text',
    kind: column.text<PaperKind>(),
    state: column.text<IdentityPaper['state']>(),
    why: column.textOrNull<AskedAgain>(),
    uploaded_at: column.integer<Instant>(),
    decided_at: column.integerOrNull<Instant>(),
  },
  key: ['account', 'paper'],
  indexes: [['state', 'uploaded_at', 'account', 'paper']],
});

const nameChangesTable = table({
  name: 'name_changes',
  columns: {
    account: column.text<AccountId>(),
    paper: 'text',
    approved_at: column.integer<Instant>(),
    charged: column.integer<0 | 1>(),
  },
  key: ['account', 'paper'],
  indexes: [['charged', 'approved_at']],
});

const erasedTable = table({
  name: 'erased_accounts',
  columns: { account: column.text<AccountId>(), erased_at: column.integer<Instant>() },
  key: ['account'],
  indexes: [['erased_at']],
});

/**
 * Which identity papers wait for a look, of all accounts, which changes of name are yet to be charged, and
 * whose personal data were erased. No data of anybody.
 */
export const parties = projection({
  name: 'parties',
  version: 2,
  tables: [papersTable, nameChangesTable, erasedTable],
  handles: [
    'contracts.IdentityPaperUploaded.v1',
    'contracts.IdentityPaperApproved.v1',
    'contracts.IdentityPaperAskedAgain.v1',
    'contracts.NameChangeApproved.v1',
    'contracts.NameChangeCharged.v1',
    'contracts.AccountErased.v1',
  ],
  apply({ event }, rows) {
    const e = event as PartyEvent;
    switch (e.type) {
      case 'IdentityPaperUploaded': {
        const { account, paper, kind, at } = e;
        const waiting = { state: 'waiting', why: null, decided_at: null } as const;
        rows.insert('identity_papers', { account, paper, kind, uploaded_at: at, ...waiting });
        break;
      }
      case 'IdentityPaperApproved':
        rows.merge(
          'identity_papers',
          { account: e.account, paper: e.paper },
          { set: { state: 'approved', decided_at: e.at } },
        );
        break;
      case 'IdentityPaperAskedAgain':
        rows.merge(
          'identity_papers',
          { account: e.account, paper: e.paper },
          { set: { state: 'asked_again', why: e.why, decided_at: e.at } },
        );
        break;
      case 'NameChangeApproved':
        rows.insert('name_changes', { account: e.account, paper: e.paper, approved_at: e.at, charged: 0 });
        break;
      case 'NameChangeCharged':
        rows.merge('name_changes', { account: e.account, paper: e.paper }, { set: { charged: 1 } });
        break;
      case 'AccountErased':
        rows.insert('erased_accounts', { account: e.account, erased_at: e.at });
        break;
    }
  },
});
