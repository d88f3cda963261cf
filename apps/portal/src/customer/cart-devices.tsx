import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useAccount, useFace } from '../app/session.js';
import { OwnForm } from '../security/own-acts.js';
import { CheckField, SelectField } from '../ui/form/field.js';
import { Facts, Note, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { dayText } from '../ui/time-text.js';
import { type Cart, cartKey, useWhoseCart } from './cart-questions.js';
import { useNameOf } from './contracts-questions.js';
import { PartyForm } from './party-form.js';
import { usePartyOf } from './party-questions.js';
import { useCircles, useUniques } from './questions.js';

type Line = Cart['lines'][number];
type Delivery = NonNullable<Cart['delivery']>;

/** What a cart asks of devices: their set-up, where they go and how (DEV-03, DEV-04, DEV-07, DEV-10). */
export function CartDevices({ of, delivery }: { of: Cart; delivery: Delivery }) {
  const { t } = useTranslation('customer');
  // The shipping is the cart's own.
  const devices = of.lines.filter(({ class: kind, line }) => kind === 'device' && line !== null);
  const how = (
    <Sheet title={t('devices.how')}>
      <How of={delivery} />
    </Sheet>
  );
  // The terminals of all circles, and where parcels go, are the account's to see.
  if (useFace() === 'circle') return how;
  return (
    <>
      <Sheet title={t('devices.setUp')}>
        <p className="hint">{t('devices.setUpLead')}</p>
        {devices.map(line => (
          <SetUp key={`${line.line}/${line.quantity}`} of={line} />
        ))}
      </Sheet>
      <Sheet title={t('devices.address')}>
        <Address isKnown={delivery.addressKnown} />
      </Sheet>
      {how}
    </>
  );
}

/** Every terminal of the account, by its circle. */
function useTerminals(): readonly (readonly [unique: string, name: string])[] {
  const circles = useCircles().data?.rows ?? [];
  const uniques = useUniques(circles.map(({ circle }) => circle)).data ?? [];
  const names = new Map(circles.map(({ circle, name }) => [circle, name]));
  return uniques.map(
    ({ unique, circle, name }) => [unique, `${names.get(circle) ?? circle} / ${name} ${unique}`] as const,
  );
}

const NONE = '';

function SetUp({ of: { line, quantity, uniques, ...named } }: { of: Line }) {
  const { t } = useTranslation('customer');
  const { account, of: whose } = useWhoseCart();
  const name = useNameOf()(named);
  const terminals = useTerminals();
  const units = Array.from({ length: quantity }, (_, unit) => unit);
  const initial = Object.fromEntries(units.map(unit => [`unit${unit}`, uniques[unit] ?? NONE]));
  return (
    <OwnForm
      initial={initial}
      go={t('devices.setUpSave')}
      act={(chosen: Readonly<Record<string, string>>) => ({
        changes: [cartKey(account)],
        send: command =>
          send('PUT', '/api/v1/accounts/{account}/cart/{line}/devices', {
            path: { account, line: line! },
            body: { ...whose, uniques: units.map(unit => chosen[`unit${unit}`] || null) },
            command,
          }),
        done: t('devices.setUpSaved'),
      })}
    >
      {units.map(unit => (
        <SelectField
          key={unit}
          name={`unit${unit}`}
          label={t('devices.setUpOf', { name, nth: unit + 1 })}
          choices={[[NONE, t('devices.noSetUp')], ...terminals]}
          unmarked
        />
      ))}
    </OwnForm>
  );
}

/** Folded away once it is known. */
function Address({ isKnown }: { isKnown: boolean }) {
  const { t } = useTranslation('customer');
  const account = useAccount();
  const party = usePartyOf(account);
  const [open, setOpen] = useState(!isKnown);
  return (
    <>
      {isKnown && (
        <div className="buttons">
          <span>{t('devices.addressKnown')}</span>
          <button type="button" className="button small" onClick={() => setOpen(before => !before)}>
            {t(open ? 'devices.addressClose' : 'devices.addressChange')}
          </button>
        </div>
      )}
      {open && (
        <Answer of={party}>
          {of => (
            <PartyForm of={of} part="delivery" also={[cartKey(account)]} onSaved={() => setOpen(false)} />
          )}
        </Answer>
      )}
    </>
  );
}

function How({ of: { anyDay, payOnDelivery, from, to } }: { of: Delivery }) {
  const { t } = useTranslation('customer');
  const { account, of: whose } = useWhoseCart();
  const expected = t('devices.period', { from: dayText(from), to: dayText(to) });
  return (
    <>
      <Facts of={[[t('devices.expected'), expected]]} />
      <Note>{t('devices.expectedNote')}</Note>
      <OwnForm
        initial={{ anyDay, payOnDelivery }}
        go={t('devices.howSave')}
        act={(body: { anyDay: boolean; payOnDelivery: boolean }) => ({
          changes: [cartKey(account)],
          send: command =>
            send('POST', '/api/v1/accounts/{account}/cart/delivery', {
              path: { account },
              body: { ...whose, ...body },
              command,
            }),
          done: t('devices.howSaved'),
        })}
      >
        <CheckField name="anyDay" label={t('devices.anyDay')} />
        <CheckField name="payOnDelivery" label={t('devices.payOnDelivery')} />
      </OwnForm>
    </>
  );
}
