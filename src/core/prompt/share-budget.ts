/**
 * Shares a budget among those who want some of it: what one does not need goes to the others, and nobody who wants more has less than another.
 * @returns what each is given, in the order of `wanted`; together no more than the budget
 */
export function shareBudget(wanted: readonly number[], budget: number): number[] {
  const shares = wanted.map(() => 0);
  const hungry = wanted.map((amount, index) => ({ amount, index })).sort((one, other) => one.amount - other.amount);
  let left = Math.max(0, budget);
  for (const [done, { amount, index }] of hungry.entries()) {
    const share = Math.min(amount, left / (hungry.length - done));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
