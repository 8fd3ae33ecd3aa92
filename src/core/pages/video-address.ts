/** The address that opens a video at a second: sites with the video in `v` take `t` (YouTube and what is made like it), others a media fragment. */
export function addressAtSecond(url: string, seconds: number): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  const whole = Math.floor(seconds);
  if (/[?&]v=/.test(address.search) || address.hostname === 'youtu.be') {
    const others = address.search
      .slice(1)
      .split('&')
      .filter((parameter) => parameter && !parameter.startsWith('t='));
    address.search = `?${[...others, `t=${whole}s`].join('&')}`;
  } else {
    address.hash = `t=${whole}`;
  }
  return address.href;
}

/** Such as 12:34 or 1:02:03. */
export function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(rest)}` : `${minutes}:${twoDigits(rest)}`;
}
