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
  // The offset at the guess may be that of the other side of a change of clocks: the second guess settles it. Compared as
  // numbers: the first day of the year 10000 in the zone is still the last one of 9999 elsewhere, and no text of ours.
  const offset = (instant: number) => asIfUtcOf(instant, zone) - instant;
  const guess = asIfUtc - offset(asIfUtc);
  return asIfUtc - offset(guess);
}

/** The civil time of an instant in the zone, as if it were one of UTC. */
function asIfUtcOf(instant: number, zone: string): number {
  const parts = new Map(format(zone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: string) => parts.get(type as Intl.DateTimeFormatPartTypes) ?? 0;
  const civil = new Date(0);
  civil.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  return civil.setUTCHours(part('hour'), part('minute'), part('second'));
}
