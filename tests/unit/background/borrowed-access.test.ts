import { expect, it } from 'vitest';
import { accessLender } from '../../../src/background/capture/borrowed-access';
import { type Access, coversPattern } from '../../../src/core/capture/access';
import type { BorrowedAccess } from '../../../src/storage/settings/borrowed-access';

const sites = (...origins: string[]): Access => ({ origins, permissions: [] });
const [a, b, everything] = ['https://a.example/*', 'https://b.example/*', 'https://*/*'];

/** A lender over a browser that allows these origins, and takes its time over everything. */
function setUp(...allowed: string[]) {
  const open = new Set(allowed);
  const live = new Set<string>();
  let stored: BorrowedAccess = {};
  const later = () => new Promise((resolve) => setTimeout(resolve, 1));
  const isOpen = (origin: string) => [...open].some((each) => coversPattern(each, origin));
  const lender = accessLender({
    permissions: {
      async contains({ origins = [], permissions = [] }) {
        const contained = origins.every(isOpen) && permissions.every((permission) => open.has(permission));
        await later();
        return contained;
      },
      getAll: async () => ({ origins: [...open].filter((each) => each.includes(':')), permissions: [] }),
      async remove({ origins = [], permissions = [] }) {
        for (const each of [...origins, ...permissions]) open.delete(each);
        await later();
        return true;
      },
    },
    async read() {
      await later();
      return stored;
    },
    async write(borrowed) {
      await later();
      stored = borrowed;
    },
    isLive: async (holder) => live.has(holder),
  });
  /** As a click does it: noted and asked for at once, and allowed. */
  const borrow = async (holder: string, wanted: Access) => {
    const noting = lender.borrowAccess(holder, wanted);
    for (const each of [...wanted.origins, ...wanted.permissions]) if (!isOpen(each)) open.add(each);
    await noting;
  };
  return { lender, borrow, live, opened: () => [...open].toSorted(), stored: () => stored };
}

it('gives back what was not allowed before, and nothing else', async () => {
  const { lender, borrow, opened, stored } = setUp(a);
  await borrow('link:1', { origins: [a, b], permissions: ['history'] });
  expect(opened()).toEqual(['history', a, b].toSorted());
  await lender.returnAccess('link:1');
  expect(opened()).toEqual([a]);
  expect(stored()).toEqual({});
});

it('does not take a site from one piece of work when another ends, however they overlap, and closes it after the last', async () => {
  for (const wide of [a, everything]) {
    const { lender, borrow, opened, stored } = setUp();
    await borrow('import', sites(wide));
    const borrowing = borrow('link:1', sites(a));
    await Promise.all([borrowing, lender.returnAccess('import')]);
    expect(opened()).toEqual([wide]);
    await lender.returnAccess('link:1');
    expect(opened()).toEqual([]);
    expect(stored()).toEqual({});
  }
});

it('leaves a site to work that asked for it while it was being given back', async () => {
  const { lender, borrow, opened } = setUp();
  await borrow('link:1', sites(a));
  const returning = lender.returnAccess('link:1');
  await Promise.all([borrow('link:2', sites(a)), returning]);
  expect(opened()).toEqual([a]);
  await lender.returnAccess('link:2');
  expect(opened()).toEqual([]);
});

it('notes what several borrow at the same moment', async () => {
  const { lender, borrow, opened, stored } = setUp();
  await Promise.all([borrow('link:1', sites(a)), borrow('link:2', sites(b)), borrow('panel:x:1', { origins: [], permissions: ['tabs'] })]);
  expect(Object.keys(stored()).toSorted()).toEqual(['link:1', 'link:2', 'panel:x:1']);
  await lender.returnLeftAccess();
  expect(opened()).toEqual([]);
});

it('gives back what is left of work that has ended, and lets the rest be', async () => {
  const { lender, borrow, live, opened } = setUp();
  await borrow('import', sites(a));
  await borrow('panel:x:1', sites(b));
  live.add('import');
  await lender.returnLeftAccess();
  expect(opened()).toEqual([a]);
});

it('hands over what was lent before anybody may find the import that it is for not begun', async () => {
  const { lender, borrow, live, opened } = setUp();
  await borrow('panel:x:1', sites(a));
  const passing = lender.passAccess('panel:x:1', 'import', async () => void live.add('import'));
  await Promise.all([passing, lender.returnLeftAccess(), lender.returnAccess('panel:x:1')]);
  expect(opened()).toEqual([a]);
});

it('does not take for good what is only lent, until the person allows it for good', async () => {
  const { lender, borrow, opened } = setUp(b);
  await borrow('import', sites(a, everything));
  expect(await lender.isAllowedForGood([b])).toBe(true);
  expect(await lender.isAllowedForGood([a])).toBe(false);
  await lender.keepAccess([a]);
  expect(await lender.isAllowedForGood([a, b])).toBe(true);
  await lender.returnAccess('import');
  expect(opened()).toEqual([a, b]);
});

it('takes no site from work under way when the last rule for it goes', async () => {
  const { lender, borrow, opened } = setUp(a, b);
  await borrow('link:1', sites(a));
  await lender.releaseAccess([a, b]);
  expect(opened()).toEqual([a]);
  await lender.returnAccess('link:1');
  expect(opened()).toEqual([]);
});
