import fc from 'fast-check';
import { defineEvents, type EventOf, event, olderForm } from './events.js';
import { fact } from './fact.js';
import { Instant } from './instant.js';
import { Money } from './money.js';

const said = { word: { ja: '売った。', en: 'Sold.' } };
const at = Instant.parse('2026-10-01T09:30:00.125+09:00');
const part = fact.record({ lot: fact.text, amount: fact.money });

const shop = defineEvents(
  { context: 'shop', stream: 'shop-<id>' },
  {
    Sold: event(
      {
        item: fact.text,
        price: fact.money,
        on: fact.orNull(fact.day),
        parts: fact.listOf(part),
        note: fact.optional(fact.text),
        figures: fact.inline({ net: fact.money, calls: fact.whole }),
        pin: fact.secret(fact.text),
      },
      { ...said, sentence: { ja: '{item}', en: '{item}' } },
    ),
    Opened: event({}, { ...said, act: false }),
    Left: event({}, said, { version: 1, older: [], storedAs: 'Gone' }),
    Moved: event({ to: fact.text, why: fact.text }, said, {
      version: 2,
      older: [
        olderForm(1, { place: fact.text }, said.word, ({ place, ...rest }) => ({
          ...rest,
          to: place,
          why: '',
        })),
      ],
    }),
  },
);
type ShopEvent = EventOf<typeof shop>;

const sold: ShopEvent = {
  type: 'Sold',
  at,
  item: 'phone',
  price: Money.of('12.5'),
  on: null,
  parts: [{ lot: 'L1', amount: Money.of('0.0001') }],
  figures: { net: Money.of('11'), calls: 2 },
  pin: '1234',
};

describe('declared events', () => {
  it('are stored fact by fact in the declared order, whatever the order of the event', () => {
    const { figures, item, ...rest } = sold;
    expect(JSON.stringify(shop.codec.encode({ ...rest, figures, item } as ShopEvent))).toBe(
      '{"type":"shop.Sold.v1","data":{"at":"2026-10-01T09:30:00.125+09:00","item":"phone","price":"12.5",' +
        '"on":null,"parts":[{"lot":"L1","amount":"0.0001"}],"net":"11","calls":2,"pin":"1234"}}',
    );
  });

  it('are read back as they were, for any values', () => {
    const money = fc.integer({ min: -1e12, max: 1e12 }).map(units => units as Money);
    const sales = fc.record({
      item: fc.string(),
      price: money,
      parts: fc.array(fc.record({ lot: fc.string(), amount: money })),
      note: fc.option(fc.string(), { nil: undefined }),
      net: money,
    });
    fc.assert(
      fc.property(sales, ({ net, note, ...rest }) => {
        const figures = { net, calls: 1 };
        const one = { ...sold, ...rest, figures, ...(note === undefined ? {} : { note }) } as ShopEvent;
        const { type, data } = shop.codec.encode(one);
        expect(shop.codec.decode(type, JSON.parse(JSON.stringify(data)))).toEqual(one);
      }),
    );
  });

  it('leave out an optional fact that is not there, in both directions', () => {
    const { data } = shop.codec.encode(sold);
    expect(Object.keys(data as object)).not.toContain('note');
    expect(shop.codec.decode('shop.Sold.v1', data)).not.toHaveProperty('note');
  });

  it('of an older version are read as those of today and written as those', () => {
    const old = { at: Instant.text(at), place: 'Osaka' };
    const moved = shop.codec.decode('shop.Moved.v1', old);
    expect(moved).toEqual({ type: 'Moved', at, to: 'Osaka', why: '' });
    expect(shop.codec.encode(moved).type).toBe('shop.Moved.v2');
  });

  it('say what is stored, older versions too, with their words, their acts and their secrets', () => {
    expect(shop.stored.map(({ type, act }) => [type, act])).toEqual([
      ['shop.Sold.v1', true],
      ['shop.Opened.v1', false],
      ['shop.Gone.v1', true],
      ['shop.Moved.v1', true],
      ['shop.Moved.v2', true],
    ]);
    expect(shop.types).toEqual({
      Sold: 'shop.Sold.v1',
      Opened: 'shop.Opened.v1',
      Left: 'shop.Gone.v1',
      Moved: 'shop.Moved.v2',
    });
    const [first, second] = shop.stored;
    expect(first).toMatchObject({ stream: 'shop-<id>', ja: '売った。', sentence: { en: '{item}' } });
    expect(second!.sentence).toEqual(said.word);
    expect(Object.entries(first!.facts).filter(([, one]) => one.secret)).toEqual([
      ['pin', expect.anything()],
    ]);
  });

  it('keep the name they were stored under when they get another one', () => {
    expect(shop.codec.encode({ type: 'Left', at }).type).toBe('shop.Gone.v1');
    expect(shop.codec.decode('shop.Gone.v1', { at: Instant.text(at) })).toEqual({ type: 'Left', at });
  });

  it.each(['shop.Sold.v2', 'Sold', ''])('do not read the type "%s": a newer program wrote it', type =>
    expect(() => shop.codec.decode(type, {})).toThrow(`unknown event type ${type}`),
  );

  it('have one stored type each, and facts whose names are identifiers', () => {
    const twice = { version: 1, older: [olderForm(1, {}, said.word, one => one)] };
    expect(() => defineEvents({ context: 's', stream: 's' }, { A: event({}, said, twice) })).toThrow('twice');
    expect(() =>
      defineEvents({ context: 's', stream: 's' }, { A: event({ 'a b': fact.text }, said) }),
    ).toThrow('"a b"');
  });
});
