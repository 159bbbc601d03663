import type { QuietHours, When } from '../subscription/subscription.ts';

/** What a channel, or a member's direct messages, has set for itself. Kept as a document of kind `place` under its address. */
export interface PlaceSettings {
  /** IANA name; null takes the program's. */
  readonly timeZone: string | null;
  /** BCP 47 language of the answers; null takes the member's, then the program's. */
  readonly language: string | null;
  readonly quiet: QuietHours | null;
  /** Who may have alerts sent here, and who may add feeds. Members always manage their own alerts, managers all. */
  readonly alerts: 'everyone' | 'managers';
  readonly feeds: 'everyone' | 'managers';
  /** For subscriptions that do not say when. */
  readonly when: When;
}

/** A place that has set nothing. */
export const unsetPlace: PlaceSettings = {
  timeZone: null,
  language: null,
  quiet: null,
  alerts: 'everyone',
  feeds: 'managers',
  when: { kind: 'instant' },
};

/** A place's settings as read back from the Store; what is missing or from an older version takes its default. */
export function placeFrom(document: unknown): PlaceSettings {
  return typeof document === 'object' && document !== null ? { ...unsetPlace, ...document } : unsetPlace;
}

/** Whose clock an alert goes by: the place's, where it has set one, else its owner's own, else the program's. IANA name. */
export function zoneIn(place: PlaceSettings, own: string | null, fallback: string): string {
  return place.timeZone ?? own ?? fallback;
}
