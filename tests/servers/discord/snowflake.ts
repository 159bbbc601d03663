/** First millisecond of Discord's ids. https://discord.com/developers/docs/reference#snowflakes */
const EPOCH = 1_420_070_400_000;
const PER_MS = 4096n;

/** Makes ids as Discord does: rising, with the time in them. */
export function createSnowflakes(): () => string {
  let last = 0n;
  return () => {
    const earliest = BigInt(Date.now() - EPOCH) << 22n;
    last = last + 1n > earliest ? last + 1n : earliest;
    return String(last);
  };
}

/** The time in an id (epoch ms). */
export function timeOf(id: string): number {
  return Number(BigInt(id) >> 22n) + EPOCH;
}

export function isSnowflake(text: string): boolean {
  return /^\d{17,20}$/u.test(text) && BigInt(text) > PER_MS;
}
