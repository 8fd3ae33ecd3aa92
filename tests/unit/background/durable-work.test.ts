import { expect, test } from 'vitest';
import { durableWork } from '../../../src/background/durable-work';

/** Work that goes on until it is ended, with alarms that fire when the test says so. */
function scene() {
  const listeners: ((alarm: { name: string }) => void)[] = [];
  const alarms = new Map<string, number>();
  const ends: (() => void)[] = [];
  const clock = { now: 1_000_000 };
  const durable = durableWork(
    { alarm: 'go-on', name: 'The work', work: () => new Promise((resolve) => ends.push(resolve)) },
    {
      alarms: {
        create: (name: string, { when = 0 }: { when?: number }) => void alarms.set(name, when),
        onAlarm: { addListener: (listener: (alarm: { name: string }) => void) => listeners.push(listener) },
      } as unknown as Parameters<typeof durableWork>[1]['alarms'],
      call: async () => {},
      now: () => clock.now,
    },
  );
  const fire = (name = 'go-on') => {
    clock.now = Math.max(clock.now, alarms.get(name) ?? 0);
    alarms.delete(name);
    for (const listener of listeners) listener({ name });
  };
  const endAll = async () => {
    for (const end of ends.splice(0)) end();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { durable, alarms, ends, clock, fire, endAll };
}

test('an alarm that fires while the work goes on is followed by another, as often as that happens, and by none after it', async () => {
  const { durable, alarms, ends, clock, fire, endAll } = scene();
  durable.wakeAt(clock.now);
  durable.run();
  for (let times = 0; times < 3; times += 1) {
    fire();
    expect(alarms.get('go-on')).toBe(clock.now + 30_000);
  }
  await endAll();
  fire();
  expect(alarms.size).toBe(0);
  expect(ends, 'it is looked whether there is more to do').toHaveLength(1);
});

test('an alarm of something else is none of its business', () => {
  const { durable, alarms, ends, fire } = scene();
  durable.run();
  fire('another');
  expect([alarms.size, ends.length]).toEqual([0, 1]);
});
