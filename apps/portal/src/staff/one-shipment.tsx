import { useTranslation } from 'react-i18next';
import { created, type Schemas, send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { instantOf } from '../auditor/inputs.js';
import { useNameOf } from '../customer/contracts-questions.js';
import { Field, RadioField, SelectField } from '../ui/form/field.js';
import { code, Facts, Note } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { today } from '../ui/time-text.js';
import { moneyOf, StaffForm } from './acts.js';

type Shipment = Schemas['Shipment'];
const CHANGES = [['shipments'], ['shipment'], ['orders']] as const;

/** One shipment: where it goes, and what is to be done with it next. */
export function OneShipment({ account, shipment }: { account: string; shipment: string }) {
  const asked = useAsk(['shipment', account, shipment], '/api/v1/accounts/{account}/shipments/{shipment}', {
    path: { account, shipment },
  });
  return (
    <Answer of={asked}>
      {of => (
        <>
          <About of={of} />
          {of.state === 'waiting' && <Ship of={of} />}
          {of.state === 'shipped' && <Deliver of={of} />}
          {of.state === 'delivered' && <TakeBack of={of} />}
        </>
      )}
    </Answer>
  );
}

function About({ of }: { of: Shipment }) {
  const { t } = useTranslation(['staff', 'customer']);
  const nameOf = useNameOf();
  const { address: to } = of;
  const address = to && (
    <>
      〒{to.postalCode} {to.prefecture}
      {to.city}
      {to.street}
      <br />
      {[to.name, to.department, to.person].filter(text => text !== '').join(' ')} {to.phone}
      {to.remarks !== '' && (
        <>
          <br />
          {to.remarks}
        </>
      )}
    </>
  );
  const until = (time: string | null) => time && <Time at={time} seconds />;
  return (
    <Facts
      of={[
        [t('customer:devices.shipment'), code(of.shipment)],
        [t('shipments.address'), address ?? t('shipments.noAddress')],
        [t('shipments.anyDay'), of.anyDay ? t('shipments.yes') : null],
        [t('shipments.payOnDelivery'), of.payOnDelivery ? t('shipments.onDelivery') : null],
        ...of.devices.map(
          device =>
            [
              nameOf(device),
              device.refund
                ? t('customer:devices.refunded')
                : (device.unique ?? t('customer:devices.noSetUp')),
            ] as const,
        ),
        [t('customer:devices.carrier'), of.carrier === null ? null : `${of.carrier} ${of.trackingNumber}`],
        [t('customer:devices.returnUntil'), until(of.returnUntil)],
        [t('customer:devices.warrantyUntil'), until(of.warrantyUntil)],
      ]}
    />
  );
}

interface Shipping {
  carrier: string;
  trackingNumber: string;
  shippedOn: string;
}

function Ship({ of: { account, shipment } }: { of: Shipment }) {
  const { t } = useTranslation(['staff', 'customer']);
  const go = t('shipments.ship');
  return (
    <StaffForm
      initial={{ carrier: '', trackingNumber: '', shippedOn: today() }}
      go={go}
      act={(body: Shipping) => ({
        ask: { title: go, consequence: t('shipments.shipConsequence', { shipment }), go },
        changes: CHANGES,
        send: command =>
          send('POST', '/api/v1/accounts/{account}/shipments/{shipment}/ship', {
            ...{ path: { account, shipment }, body, command },
          }),
      })}
    >
      <Field name="carrier" label={t('shipments.carrier')} maxLength={100} required />
      <Field name="trackingNumber" label={t('shipments.trackingNumber')} maxLength={60} required />
      <Field name="shippedOn" type="date" label={t('customer:devices.shippedOn')} required />
    </StaffForm>
  );
}

function Deliver({ of: { account, shipment } }: { of: Shipment }) {
  const { t } = useTranslation(['staff', 'customer']);
  const go = t('shipments.deliver');
  return (
    <StaffForm
      initial={{ arrivedOn: today() }}
      go={go}
      act={(body: { arrivedOn: string }) => ({
        ask: { title: go, consequence: t('shipments.deliverConsequence', { shipment }), go },
        changes: CHANGES,
        send: command =>
          send('POST', '/api/v1/accounts/{account}/shipments/{shipment}/deliver', {
            ...{ path: { account, shipment }, body, command },
          }),
      })}
    >
      <Field name="arrivedOn" type="date" label={t('customer:devices.arrivedOn')} required />
    </StaffForm>
  );
}

interface TakingBack {
  device: string;
  under: 'return' | 'warranty';
  why: 'wrong_item' | 'faulty' | 'unopened';
  outcome: 'replaced' | 'refunded';
  reportedAt: string;
}
const ROUTES = {
  return: '/api/v1/accounts/{account}/devices/{device}/return',
  warranty: '/api/v1/accounts/{account}/devices/{device}/warranty',
} as const;

/** A return or the guarantee; who moves no money only sees what there is. */
function TakeBack({ of: { account, devices } }: { of: Shipment }) {
  const { t } = useTranslation('staff');
  const nameOf = useNameOf();
  const may = useMay();
  const left = devices.filter(({ refund }) => refund === null);
  const [first] = left;
  if (!first || !may(`POST ${ROUTES.return}`)) return null;
  const go = t('shipments.takeBack');
  const initial: TakingBack = {
    ...{ device: first.device, under: 'return', why: 'faulty', outcome: 'replaced', reportedAt: '' },
  };
  const named = (id: string) => nameOf(left.find(({ device }) => device === id) ?? first);
  return (
    <StaffForm
      initial={initial}
      go={go}
      act={({ device, under, why, outcome, reportedAt }: TakingBack) => ({
        ask: {
          title: t('shipments.back'),
          consequence: t(`shipments.takeBackConsequence.${outcome}`, { device: named(device) }),
          go,
          danger: outcome === 'refunded',
        },
        changes: [...CHANGES, ...moneyOf(account)],
        send: async command =>
          created(
            await send('POST', ROUTES[under], {
              path: { account, device },
              body: { why, outcome, reportedAt: instantOf(reportedAt), reason: command.reason },
              command,
            }),
          ),
        done: ({ shipment }) =>
          shipment === null ? t('shipments.refunded') : t('shipments.replaced', { shipment }),
      })}
    >
      <TakingBackFields devices={left} />
    </StaffForm>
  );
}

function TakingBackFields({ devices }: { devices: Shipment['devices'] }) {
  const { t } = useTranslation('staff');
  const nameOf = useNameOf();
  return (
    <>
      <Note>{t('shipments.back')}</Note>
      <SelectField
        name="device"
        label={t('shipments.device')}
        choices={devices.map(device => [device.device, `${nameOf(device)} ${device.device}`])}
        required
      />
      <RadioField
        name="under"
        label={t('shipments.under')}
        choices={(['return', 'warranty'] as const).map(one => [one, t(`shipments.unders.${one}`)])}
      />
      <SelectField
        name="why"
        label={t('shipments.why')}
        choices={(['faulty', 'wrong_item', 'unopened'] as const).map(one => [
          one,
          t(`shipments.whys.${one}`),
        ])}
        required
      />
      <RadioField
        name="outcome"
        label={t('shipments.outcome')}
        choices={(['replaced', 'refunded'] as const).map(one => [one, t(`shipments.outcomes.${one}`)])}
      />
      <Field
        name="reportedAt"
        type="datetime-local"
        label={t('shipments.reportedAt')}
        hint={t('shipments.reportedHint')}
      />
    </>
  );
}
