import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AutoSaveSettings,
  decideSite,
  defaultAutoSaveSettings,
  isPaused,
  type SiteRule,
  uniteAutoSave,
} from '../../../../src/core/capture/auto-save';
import { builtInDenials } from '../../../../src/core/capture/built-in-denials';

const settings = (...rules: [pattern: string, action: SiteRule['action']][]): AutoSaveSettings => ({
  ...defaultAutoSaveSettings,
  isOn: true,
  rules: rules.map(([pattern, action]) => ({ pattern, action })),
});
const everywhere = settings(['*', 'save']);
const decide = (address: string, given: AutoSaveSettings = everywhere) => decideSite(address, given);

describe('Nothing is saved', () => {
  it('as it comes', () => {
    expect(decide('https://essays.example/one', defaultAutoSaveSettings)).toEqual({ action: 'none' });
  });

  it('where no rule says so', () => {
    expect(decide('https://other.example/', settings(['essays.example', 'save']))).toEqual({ action: 'none' });
  });

  it('while it is switched off, whatever the rules', () => {
    expect(decide('https://essays.example/', { ...everywhere, isOn: false })).toEqual({ action: 'none' });
  });

  it.each([
    ['https://onlinebanking.example/accounts', 'banking'],
    ['https://www.paypal.com/activity', 'banking'],
    ['https://my.chase.com/', 'banking'],
    ['https://www.healthy-living.example/', 'health'],
    ['https://mychart.example/', 'health'],
    ['https://mail.google.com/mail/u/0/', 'mail'],
    ['https://webmail.uni.example/', 'mail'],
    ['https://www.google.co.uk/search?q=lamp', 'search'],
    ['https://duckduckgo.com/?q=lamp', 'search'],
    ['https://shop.example/search?q=lamp', 'search'],
    ['https://shop.example/en/checkout/2', 'checkout'],
    ['https://shop.example/cart', 'checkout'],
    ['https://forum.example/login', 'sign-in'],
    ['https://forum.example/users/sign_in', 'sign-in'],
    ['https://accounts.google.com/v3', 'sign-in'],
    ['http://localhost:3000/', 'local'],
    ['http://127.0.0.1:8080/', 'local'],
    ['http://2130706433/', 'local'],
    ['http://192.168.1.1/', 'local'],
    ['http://10.11.12.13/', 'local'],
    ['http://172.31.0.1/', 'local'],
    ['http://[::1]/', 'local'],
    ['http://[fd00::1]/', 'local'],
    ['http://printer/', 'local'],
    ['http://wiki.internal/', 'local'],
    ['http://nas.local./', 'local'],
  ])('of what is denied to all: %s', (address, reason) => {
    expect(decide(address)).toEqual({ action: 'never', reason });
  });

  it.each(['chrome://settings', 'file:///home/me/diary.html', 'about:blank', 'chrome-extension://abc/x.html'])(
    'that is not of the web: %s',
    (address) => {
      expect(decide(address)).toEqual({ action: 'none' });
    },
  );
});

it.each([
  'https://essays.example/',
  'https://www.nature.com/articles/1',
  'https://en.wikipedia.org/wiki/Lamp',
  'https://172.32.0.1/',
  'https://blog.example/logins-explained',
  'https://research.example/',
])('saves what is denied to nobody: %s', (address) => {
  expect(decide(address)).toEqual({ action: 'save' });
});

describe('Of several rules', () => {
  it('the more exact one decides, in whatever order they stand', () => {
    const rules: [string, SiteRule['action']][] = [
      ['*', 'save'],
      ['*.news.example', 'never'],
      ['long.news.example', 'save'],
      ['long.news.example/live', 'never'],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: 4 }), (shuffled) => {
        const given = settings(...shuffled);
        expect(decide('https://other.example/', given).action).toBe('save');
        expect(decide('https://short.news.example/', given).action).toBe('never');
        expect(decide('https://long.news.example/one', given).action).toBe('save');
        expect(decide('https://long.news.example/live/now', given).action).toBe('never');
      }),
    );
  });

  it('“never” is stronger than “save” of the same', () => {
    expect(decide('https://a.example/', settings(['a.example', 'save'], ['a.example', 'never']))).toEqual({ action: 'never' });
    expect(decide('https://a.example/', settings(['www.a.example', 'never'], ['a.example', 'save']))).toEqual({ action: 'never' });
  });
});

describe('What is denied to all', () => {
  it('is saved if a rule names it as exactly', () => {
    expect(decide('https://mail.google.com/', settings(['mail.google.com', 'save'])).action).toBe('save');
    expect(decide('https://riverbank.example/', settings(['riverbank.example', 'save'])).action).toBe('save');
    expect(decide('http://localhost:3000/', settings(['localhost', 'save'])).action).toBe('save');
    expect(decide('http://wiki/', settings(['wiki', 'save'])).action).toBe('save');
    expect(decide('https://a.example/login', settings(['a.example/login', 'save'])).action).toBe('save');
  });

  it('is not if the rule is wider', () => {
    expect(decide('https://mail.google.com/', settings(['*.google.com', 'save']))).toEqual({ action: 'never', reason: 'mail' });
    expect(decide('https://a.example/login', settings(['a.example', 'save']))).toEqual({ action: 'never', reason: 'sign-in' });
  });

  it('is overruled by “all sites” in no case', () => {
    const hosts = builtInDenials.flatMap(({ patterns }) => patterns.filter(({ host }) => host !== '*' && host !== '[*'));
    for (const { host, path } of hosts) {
      const address = `https://${host.replace(/^\*\./, 'www.').replaceAll('*', 'x')}${path}`;
      expect(decide(address).action, address).toBe('never');
    }
  });
});

it('pauses until a time, and only while it is on', () => {
  expect(isPaused({ ...everywhere, pausedUntil: 100 }, 99)).toBe(true);
  expect(isPaused({ ...everywhere, pausedUntil: 100 }, 100)).toBe(false);
  expect(isPaused({ ...everywhere, isOn: false, pausedUntil: 100 }, 99)).toBe(false);
  expect(isPaused(everywhere, 99)).toBe(false);
});

describe('the rules of a backup', () => {
  it("are added to the person's own, which stay, and turn nothing on", () => {
    const own = { ...settings(['lamps.example', 'save']), isOn: false, readSeconds: 90 };
    const united = uniteAutoSave(own, settings(['lamps.example', 'save'], ['tides.example', 'save']));
    expect(united).toEqual({ ...settings(['lamps.example', 'save'], ['tides.example', 'save']), isOn: false, readSeconds: 90 });
  });

  it('never has a site saved that either says is never to be', () => {
    const own = settings(['*.bank.example', 'never'], ['lamps.example', 'save']);
    const united = uniteAutoSave(own, settings(['my.bank.example/news', 'save'], ['*.bank.example', 'save'], ['lamps.example', 'never']));
    expect(united.rules).toEqual(settings(['*.bank.example', 'never'], ['lamps.example', 'never']).rules);
    expect(decide('https://my.bank.example/news', united).action).toBe('never');
  });

  it('are all there is where the person has none, with their seconds', () => {
    expect(uniteAutoSave(defaultAutoSaveSettings, { ...everywhere, readSeconds: 5 })).toEqual({
      ...everywhere,
      isOn: false,
      readSeconds: 5,
    });
  });
});
