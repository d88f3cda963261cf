import { Money } from '#kernel';
import type { GatewayForm } from '#ports';
import { formHeaders, formPage, noFormPage } from './payment-form.js';

const form = (change: Partial<GatewayForm> = {}): GatewayForm => ({
  ...{ attempt: 't1-1', action: 'https://agency.example.jp/cgi-bin/credit/order.cgi' },
  ...{ fields: { money: '3000' }, amount: Money.of('3000'), language: 'ja' },
  ...change,
});

describe('the page between the portal and an agency', () => {
  it('lets nothing that is posted become a part of the page', () => {
    const evil = `"><script>alert('x')</script>&amp;`;
    const html = formPage(form({ fields: { siteurl: evil }, action: `https://a.example/?${evil}` }));
    expect(html).not.toMatch(/<script|"><|alert\('/);
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;');
  });

  it('posts to the agency and nowhere else, loads nothing, and is kept by no cache', () => {
    const headers = formHeaders(form());
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
    expect(headers['content-security-policy']).toContain('form-action https://agency.example.jp; ');
    expect(headers['cache-control']).toBe('no-store');
    expect(formHeaders(undefined)['content-security-policy']).toContain("form-action 'none'; ");
  });

  it.each([
    ['ja', '3,000円をお支払いいただきます', '支払いに進む', 'お支払いの状況をご確認ください'],
    ['en', 'You pay 3,000 yen', 'Go on to pay', 'It has been paid or tried already'],
  ] as const)('speaks %s', (language, text, button, over) => {
    const html = formPage(form({ language }));
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(text);
    expect(html).toContain(`<button>${button}</button>`);
    expect(noFormPage(language)).toContain(over);
  });
});
