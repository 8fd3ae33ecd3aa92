import { describe, expect, it } from 'vitest';
import { autoSaveControl } from '../../../src/background/auto-save/auto-save-control';
import type { WatchedSites } from '../../../src/background/auto-save/watched-sites';
import { type AutoSaveSettings, defaultAutoSaveSettings, pauseMs, type SiteRule } from '../../../src/core/capture/auto-save';

const save = (pattern: string): SiteRule => ({ pattern, action: 'save' });
const never = (pattern: string): SiteRule => ({ pattern, action: 'never' });

function setUp(rules: readonly SiteRule[] = [], needed: string[] = []) {
  let stored: AutoSaveSettings = { ...defaultAutoSaveSettings, isOn: true, rules };
  const registered: WatchedSites[] = [];
  const givenBack: string[][] = [];
  const wokenAt: number[] = [];
  const state = { now: 1_000, withheld: [] as string[] };
  const control = autoSaveControl({
    readSettings: async () => stored,
    writeSettings: async (settings) => {
      stored = settings;
    },
    isAllowed: async (origins) => !origins.some((origin) => state.withheld.includes(origin)),
    giveBack: async (origins) => void givenBack.push(origins),
    originsNeeded: async () => needed,
    register: async (sites) => void registered.push(sites),
    wakeAt: (time) => wokenAt.push(time),
    changed: () => {},
    now: () => state.now,
  });
  const write = (part: Partial<AutoSaveSettings>) => {
    const { isOn, readSeconds, rules: before } = stored;
    return control.handlers['auto-save/write']({ isOn, readSeconds, rules: before, ...part }, undefined);
  };
  return { control, write, registered, givenBack, wokenAt, state, stored: () => stored };
}

const both = (host: string) => [`https://${host}/*`, `http://${host}/*`];

describe('What is watched', () => {
  it('are the sites of rules to save that the browser allows, and none while it is off', async () => {
    const { write, registered, state } = setUp();
    state.withheld = both('b.example');
    const view = await write({ rules: [save('*.a.example'), save('b.example'), never('c.example')] });
    expect(registered.at(-1)?.matches).toEqual(both('*.a.example'));
    expect(view.notAllowed).toEqual(['b.example']);
    await write({ isOn: false });
    expect(registered.at(-1)).toEqual({ matches: [], excludeMatches: [] });
  });

  it('are not the sites that are denied as a whole, unless something there is to be saved', async () => {
    const { write, registered } = setUp();
    await write({ rules: [save('*'), never('quiet.example'), never('loud.example'), save('loud.example/essays')] });
    const { excludeMatches = [] } = registered.at(-1) ?? {};
    expect(excludeMatches).toEqual(expect.arrayContaining([...both('quiet.example'), ...both('*.chase.com'), ...both('*.localhost')]));
    expect(excludeMatches).not.toEqual(expect.arrayContaining(both('loud.example')));
    // The browser takes no other stars than these.
    expect(excludeMatches.filter((pattern) => !/^https?:\/\/(\*\.)?[a-z0-9.-]+\/\*$/.test(pattern))).toEqual([]);
  });
});

describe('Access to a site', () => {
  it('is given back with the last rule that needed it', async () => {
    const { write, givenBack } = setUp([save('a.example'), save('www.a.example/blog'), save('b.example')]);
    await write({ rules: [save('www.a.example/blog'), save('b.example')] });
    expect(givenBack).toEqual([]);
    await write({ rules: [save('b.example')] });
    expect(givenBack).toEqual([[...both('a.example'), ...both('www.a.example')]]);
  });

  it('is not given back while a model server is there', async () => {
    const { write, givenBack } = setUp([save('a.example')], ['https://a.example/*']);
    await write({ rules: [] });
    expect(givenBack).toEqual([['http://a.example/*', ...both('www.a.example')]]);
  });
});

describe('A pause', () => {
  it('lasts an hour by the clock, whoever looks, and can be ended', async () => {
    const { control, wokenAt, state, stored } = setUp();
    const pause = control.handlers['auto-save/pause'];
    expect((await pause({ isPaused: true }, undefined)).pausedUntil).toBe(1_000 + pauseMs);
    expect(wokenAt).toEqual([1_000 + pauseMs]);
    state.now = 1_000 + pauseMs;
    expect((await control.handlers['auto-save/read'](null, undefined)).pausedUntil).toBeUndefined();
    await pause({ isPaused: true }, undefined);
    expect((await pause({ isPaused: false }, undefined)).pausedUntil).toBeUndefined();
    expect(stored()).not.toHaveProperty('pausedUntil');
  });
});
