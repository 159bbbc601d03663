const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** Names of long standing that the list of the engine leaves out, and what they are called there. */
const FORMER_NAMES = [
  'us/eastern=america/new_york us/central=america/chicago us/mountain=america/denver us/pacific=america/los_angeles',
  'asia/calcutta=asia/kolkata asia/saigon=asia/ho_chi_minh asia/katmandu=asia/kathmandu europe/kiev=europe/kyiv',
].flatMap((line) => line.split(' '));
/** One for each zone that was ever met: they are dear to make, and there are some hundreds of them at most. */
const formatters = new Map<string, Intl.DateTimeFormat>();
let last = { zone: '', quarter: 0, offset: 0 };
let names: ReadonlyMap<string, string> | null = null;

/** What looks like a zone of the IANA database: `europe/berlin`, `america/argentina/salta`. In lower case. */
export const ZONE_NAME = /(?<![\p{L}/])(?:[a-z]{2,20}\/){1,2}[a-z_+-]{2,30}(?![\p{L}/])/u;

/**
 * Minutes east of Greenwich of an IANA zone when its clocks show `localMs` (that time as if it were UTC, epoch ms); null for
 * a zone that nobody knows. Of a time that is skipped in spring the offset before is meant, of one that comes twice either.
 */
export function zoneOffset(zone: string, localMs: number): number | null {
  const formatter = formatterOf(zone);
  if (formatter === null) return null;
  // Clocks change on the quarter; the items of a feed are often of the same hour.
  const quarter = Math.floor(localMs / QUARTER_MS);
  if (last.zone === zone && last.quarter === quarter) return last.offset;
  const guess = offsetAt(formatter, localMs);
  const offset = offsetAt(formatter, localMs - guess * MINUTE_MS);
  last = { zone, quarter, offset };
  return offset;
}

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  names ??= knownNames();
  const timeZone = names.get(zone);
  if (timeZone === undefined) return null;
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formatters.set(timeZone, made);
  return made;
}

/** Names in lower case to those that the engine knows. */
function knownNames(): ReadonlyMap<string, string> {
  const supported = Intl.supportedValuesOf('timeZone').map((name) => [name.toLowerCase(), name] as const);
  const listed = new Map(supported);
  const former = FORMER_NAMES.map((pair) => pair.split('=')).flatMap(([old = '', now = '']) => [
    [old, listed.get(old) ?? listed.get(now)] as const,
    [now, listed.get(now) ?? listed.get(old)] as const,
  ]);
  for (const [name, meant] of former) if (meant !== undefined) listed.set(name, meant);
  return listed;
}

function offsetAt(formatter: Intl.DateTimeFormat, epochMs: number): number {
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(formatter.format(epochMs)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
