import type { Permissions } from 'webextension-polyfill';
import { type Access, coversPattern, missingAccess, noAccess } from '../../core/capture/access';
import type { BorrowedAccess, Borrowing } from '../../storage/settings/borrowed-access';

export interface AccessLenderTools {
  readonly permissions: Pick<Permissions.Static, 'contains' | 'getAll' | 'remove'>;
  readonly read: () => Promise<BorrowedAccess>;
  readonly write: (borrowed: BorrowedAccess) => Promise<void>;
  /** Whether the work of a holder still goes on. */
  readonly isLive: (holder: string) => Promise<boolean>;
}

export interface AccessLender {
  /**
   * Notes what work needs and what of it the person is about to be asked to allow, so that it is given back whatever happens in between. Call it before the
   * person is asked.
   * @param missing what is not allowed yet; absent: it is asked of the browser before anything is awaited
   */
  borrowAccess(holder: string, wanted: Access, missing?: Access): Promise<void>;
  /** Gives back what a holder was lent, but what others need: it goes over to them. May be called at any time, and again. */
  returnAccess(holder: string): Promise<void>;
  /** The same for all holders whose work has ended without saying so. */
  returnLeftAccess(): Promise<void>;
  /** Hands what one holder has over to another, and begins the work that needs it before anybody may find that it does not go on. */
  passAccess(from: string, to: string, begin: () => Promise<void>): Promise<void>;
  /** Notes that the person has allowed these origins for good: they are lent no more. */
  keepAccess(origins: readonly string[]): Promise<void>;
  /** Gives back origins that were allowed for good and are no longer needed for what they were; what a piece of work needs goes over to it. */
  releaseAccess(origins: readonly string[]): Promise<void>;
  /** Whether these origins are allowed by more than what was lent. */
  isAllowedForGood(origins: readonly string[]): Promise<boolean>;
}

/** Lends what the person allows for one piece of work, and gives it back. Everything that reads or changes what is lent waits for its turn. */
export function accessLender({ permissions, read, write, isLive }: AccessLenderTools): AccessLender {
  let last: Promise<unknown> = Promise.resolve();
  /** What is about to be noted, so that nobody who is at work at this very moment takes it away. */
  const announced = new Map<string, Access>();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.catch(() => {}).then(work);
    last = turn.catch(() => {});
    return turn;
  };
  const withAnnounced = (stored: BorrowedAccess): BorrowedAccess => {
    const all: Record<string, Borrowing> = { ...stored };
    for (const [holder, wanted] of announced) all[holder] = merged(all[holder], { wanted, lent: noAccess });
    return all;
  };
  const release = async (access: Access, others: BorrowedAccess) => {
    const { unneeded, heirs } = divide(access, withAnnounced(others));
    if (unneeded.origins.length + unneeded.permissions.length > 0)
      await permissions.remove({ origins: [...unneeded.origins], permissions: [...unneeded.permissions] });
    await write(heirs);
  };
  const end = async (holder: string) => {
    const { [holder]: ended, ...others } = await read();
    if (ended) await release(ended.lent, others);
  };

  return {
    async borrowAccess(holder, wanted, missing) {
      announced.set(holder, wanted);
      const asked = missing ?? missingAccess(wanted, permissions);
      await inTurn(async () => {
        try {
          const [all, lent] = [await read(), await asked];
          await write({ ...all, [holder]: merged(all[holder], { wanted, lent }) });
        } finally {
          announced.delete(holder);
        }
      });
    },
    returnAccess: (holder) => inTurn(() => end(holder)),
    returnLeftAccess: () =>
      inTurn(async () => {
        for (const holder of Object.keys(await read())) if (!announced.has(holder) && !(await isLive(holder))) await end(holder);
      }),
    passAccess: (from, to, begin) =>
      inTurn(async () => {
        const { [from]: passed, ...others } = await read();
        if (passed) await write({ ...others, [to]: merged(others[to], passed) });
        await begin();
      }),
    keepAccess: (origins) =>
      inTurn(async () => {
        const isKept = (origin: string) => origins.some((kept) => coversPattern(kept, origin));
        const keep = ({ wanted, lent }: Borrowing) => ({
          wanted,
          lent: { ...lent, origins: lent.origins.filter((origin) => !isKept(origin)) },
        });
        await write(Object.fromEntries(Object.entries(await read()).map(([holder, borrowing]) => [holder, keep(borrowing)])));
      }),
    releaseAccess: (origins) => inTurn(async () => release({ origins, permissions: [] }, await read())),
    isAllowedForGood: (origins) =>
      inTurn(async () => {
        const lent = new Set(Object.values(await read()).flatMap((borrowing) => borrowing.lent.origins));
        const lasting = ((await permissions.getAll()).origins ?? []).filter((origin) => !lent.has(origin));
        return origins.every((origin) => lasting.some((pattern) => coversPattern(pattern, origin)));
      }),
  };
}

/** What nobody needs, and the others with what they need of it added to what they were lent. */
function divide(access: Access, others: BorrowedAccess): { unneeded: Access; heirs: BorrowedAccess } {
  const neededBy = ({ wanted }: Borrowing): Access => ({
    origins: access.origins.filter((origin) => wanted.origins.some((each) => coversPattern(origin, each) || coversPattern(each, origin))),
    permissions: access.permissions.filter((permission) => wanted.permissions.includes(permission)),
  });
  const needs = Object.values(others).map(neededBy);
  return {
    unneeded: {
      origins: access.origins.filter((origin) => !needs.some(({ origins }) => origins.includes(origin))),
      permissions: access.permissions.filter((permission) => !needs.some((need) => need.permissions.includes(permission))),
    },
    heirs: Object.fromEntries(
      Object.entries(others).map(([holder, borrowing]) => [
        holder,
        { wanted: borrowing.wanted, lent: union(borrowing.lent, neededBy(borrowing)) },
      ]),
    ),
  };
}

function merged(before: Borrowing | undefined, added: Borrowing): Borrowing {
  return before ? { wanted: union(before.wanted, added.wanted), lent: union(before.lent, added.lent) } : added;
}

function union(one: Access, other: Access): Access {
  return {
    origins: [...new Set([...one.origins, ...other.origins])],
    permissions: [...new Set([...one.permissions, ...other.permissions])],
  };
}
