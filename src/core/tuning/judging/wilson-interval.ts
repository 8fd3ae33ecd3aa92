/** Of the normal distribution, 97.5 % lie below: what 95 % lie between is left at both ends. */
const z = 1.959_963_985;

/**
 * Between which shares the true one lies with a confidence of 95 %, when `wins` of `trials` were won: the score interval of E. B. Wilson, “Probable
 * inference, the law of succession, and statistical inference” (Journal of the American Statistical Association 22, 1927), which Brown, Cai and DasGupta,
 * “Interval estimation for a binomial proportion” (Statistical Science 16, 2001), advise for few trials.
 * @returns shares from 0 to 1; all of them before there is a trial
 */
export function wilsonInterval(wins: number, trials: number): { readonly low: number; readonly high: number } {
  if (trials === 0) return { low: 0, high: 1 };
  const share = wins / trials;
  const centre = share + z ** 2 / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  // At the ends it is exact but for rounding.
  return {
    low: wins === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: wins === trials ? 1 : Math.min(1, (centre + half) / scale),
  };
}
