import { describe, expect, it } from 'vitest';
import { latencyPlot } from '../../../scripts/bench/latency-plot';

const ours = [
  {
    name: 'Ours',
    points: [
      { passages: 10_000, ms: 10 },
      { passages: 100_000, ms: 100 },
      { passages: 1_000_000, ms: 1_000 },
    ],
  },
];
const theirs = [{ name: 'Theirs', points: [{ passages: 10_000, ms: 100 }] }];

const placesOf = (svg: string) =>
  [...svg.matchAll(/points="([^"]*)"/g)].map(([, places = '']) => places.split(' ').map((place) => place.split(',').map(Number)));

describe('the plot of latencies', () => {
  it('draws what grows with the size as a straight line, upwards', () => {
    const [, line = []] = placesOf(latencyPlot(ours, theirs));
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = [], [x3 = 0, y3 = 0] = []] = line;
    expect(x2 - x1).toBeCloseTo(x3 - x2, 0);
    expect(y2 - y1).toBeCloseTo(y3 - y2, 0);
    expect(y3).toBeLessThan(y1);
  });

  it('puts the same time at the same height, whoever took it', () => {
    const [[[, theirHeight] = []] = [], [, [, ourHeight] = []] = []] = placesOf(latencyPlot(ours, theirs));
    expect(theirHeight).toBe(ourHeight);
  });

  it('names each line, each size and each power of ten', () => {
    const svg = latencyPlot(ours, theirs);
    for (const words of ['Ours', 'Theirs', '10k', '100k', '1M', '10 ms', '100 ms', '1 s']) expect(svg).toContain(`>${words}</text>`);
  });

  it('leaves out a line that has nothing to show', () => {
    expect(latencyPlot(ours, [{ name: 'Unmeasured', points: [] }])).not.toContain('Unmeasured');
  });
});
