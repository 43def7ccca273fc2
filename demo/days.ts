/** The instant so many days from the start; fractions are hours of a day. */
export type On = (day: number) => Temporal.Instant;

export function daysFrom(start: Temporal.Instant): On {
  return (day) => start.add({ milliseconds: Math.round(day * 24 * 3600 * 1000) });
}
