// Civil time in the zone of the site. The browser has the rules of zones; the wasm has not.

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA-u-hc-h23', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, found);
  }
  return found;
}

/** `2012-07-31T10:28:49` in the zone, of milliseconds since 1970. */
export function civilOf(instant: number, zone: string): string {
  const parts = new Map(format(zone).formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: string) => parts.get(type as Intl.DateTimeFormatPartTypes) ?? '00';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
}

/** Milliseconds since 1970 of `2012-07-31T10:28` or `…:49` in the zone; NaN where the text is no time. */
export function instantOf(civil: string, zone: string): number {
  const asIfUtc = Date.parse(civil.length === 16 ? `${civil}:00Z` : `${civil}Z`);
  if (Number.isNaN(asIfUtc)) return Number.NaN;
  // The offset at the guess may be that of the other side of a change of clocks: the second guess settles it.
  const offset = (instant: number) => Date.parse(`${civilOf(instant, zone)}Z`) - instant;
  const guess = asIfUtc - offset(asIfUtc);
  return asIfUtc - offset(guess);
}
