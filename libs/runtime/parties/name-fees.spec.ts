import { Money } from '#kernel';
import {
  A1,
  codeOf,
  type IdentityHome,
  identityHome,
  resultOf,
} from '../../../test/support/identity-home.js';
import { PERSON, PNG } from '../../../test/support/person.js';
import type { Caller } from '../product.views.js';
import { changeOfParty } from './parties.inputs.js';

const POLICY = `policies:
  - { name: contracts.name-change-fee, value: 3000, valid_from: 2026-10-01 }
`;
let home: IdentityHome;
let sequence = 0;
const caller = (commandId = `nf-${++sequence}`): Caller => ({
  actor: { id: 'staff:tanaka', reason: '名義変更' },
  commandId,
});
const say = async (of: object) => {
  const part = { account: A1, part: 'contract', ...PERSON, ...of };
  return resultOf(await home.product.parties.change(changeOfParty.parse(part), caller()));
};
const upload = async () => {
  const paper = { account: A1, kind: 'passport', issuedOn: null, validUntil: null, picture: PNG } as const;
  return resultOf(await home.product.parties.upload(paper, caller())).paper;
};
const approve = (paper: string, by = caller()) => home.product.parties.approve(A1, paper, by);
const available = async () => (await home.product.prepaid.balance(A1))!.available;
const namesCharged = async () => {
  let log = '';
  for await (const piece of home.product.audit.export('jsonl')) log += piece;
  return log.split('contracts.NameChangeCharged.v1').length - 1;
};

beforeEach(async () => {
  home = await identityHome();
  home.clock.moveTo('2026-10-05T12:00:00.000+09:00');
  const { problems } = await home.product.catalogue.importCatalogueYaml('p.yaml', POLICY, caller());
  expect(problems).toEqual([]);
  const paid = { account: A1, amount: Money.of('10000'), method: 'card' } as const;
  resultOf(await home.product.prepaid.charge(paid, caller()));
});
afterEach(() => home.end());

describe('the fee of a change of name (INF-04)', () => {
  it('is debited with the approval of its paper, once, with tax, and explained', async () => {
    expect((await say({})).nameChangeFee).toBe('3000');
    expect(codeOf(await approve(await upload()))).toBe('done');
    expect(await available()).toBe('10000');
    home.clock.plusMs(1);
    await say({ name: '石作皇子', nameKana: 'イシヅクリノミコ' });
    expect(await available()).toBe('10000');
    const paper = await upload();
    const by = caller();
    expect(codeOf(await approve(paper, by))).toBe('done');
    expect(codeOf(await approve(paper, by))).toBe('done');
    expect(codeOf(await approve(paper))).toBe('nothing');
    expect(await available()).toBe('6700');
    expect(await namesCharged()).toBe(1);
    const told = JSON.stringify(await home.product.audit.explain(`name-change-${paper}`));
    expect(told).toContain('NameChangeApproved');
    expect(told).toContain('2026-10-01');
  });

  it('is what the policy was on the day of the approval, and owed where the balance is short', async () => {
    await say({});
    home.clock.plusMs(1);
    await say({ name: '石作皇子', nameKana: 'イシヅクリノミコ' });
    const dear = POLICY.replace('3000', '20000').replace('2026-10-01', '2026-10-06');
    await home.product.catalogue.importCatalogueYaml('p.yaml', dear, caller());
    const paper = await upload();
    home.clock.moveTo('2026-10-06T00:00:00.000+09:00');
    expect(codeOf(await approve(paper))).toBe('done');
    expect(await home.product.prepaid.balance(A1)).toMatchObject({ available: '0', receivable: '12000' });
  });

  it('is debited by its job when the process ended after the approval', async () => {
    await say({});
    home.clock.plusMs(1);
    await say({ name: '石作皇子', nameKana: 'イシヅクリノミコ' });
    const paper = await upload();
    const { nameFees } = home.product.parties;
    nameFees.charge = () => Promise.reject(new Error('killed'));
    await expect(approve(paper)).rejects.toThrow('killed');
    home = await home.restarted();
    expect(await available()).toBe('10000');
    expect((await home.product.jobs.facts()).nameChangesLeft).toEqual([]);
    home.clock.plusMs(60_001);
    expect((await home.product.jobs.facts()).nameChangesLeft).toMatchObject([{ account: A1, paper }]);
    await home.product.parties.nameFees.charge(A1, caller());
    await home.product.parties.nameFees.charge(A1, caller());
    expect(await available()).toBe('6700');
    expect((await home.product.jobs.facts()).nameChangesLeft).toEqual([]);
    expect(await home.product.audit.replay({})).toMatchObject({ ok: true, problems: [] });
  });
});
