/** Names and addresses that lead nowhere but to this computer or its own network (RFC 1918, 3927, 4193, 4291, 6761, 6762). */
const localHosts = [
  /^localhost$|\.localhost$|\.local$/,
  /^127\.\d+\.\d+\.\d+$/,
  /^10\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^169\.254\.\d+\.\d+$/,
  /^\[::1\]$/,
  /^\[f[cd][0-9a-f]{2}:/,
  /^\[fe[89ab][0-9a-f]:/,
];

/** @param hostname as `URL` writes it */
export function isLocalServer(hostname: string): boolean {
  return localHosts.some((pattern) => pattern.test(hostname));
}
