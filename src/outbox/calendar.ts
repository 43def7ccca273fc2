/**
 * One all-day entry (RFC 5545 §3.6.1). `id` stays the same over all reminders of a campaign, so that a calendar
 * replaces the entry rather than collecting five.
 */
export function calendarFile(entry: {
  id: string;
  day: Temporal.PlainDate;
  summary: string;
  link: string;
  stamp: Temporal.PlainDate;
}): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Nachtslot//Reminder//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${text(entry.id)}`,
    `DTSTAMP:${day(entry.stamp)}T000000Z`,
    // A later reminder, perhaps with a later date, is the newer version of the same entry (§3.8.7.4).
    `SEQUENCE:${Math.floor(entry.stamp.since('2020-01-01').days)}`,
    `DTSTART;VALUE=DATE:${day(entry.day)}`,
    `DTEND;VALUE=DATE:${day(entry.day.add({ days: 1 }))}`,
    `SUMMARY:${text(entry.summary)}`,
    `URL:${entry.link}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function day(date: Temporal.PlainDate): string {
  return date.toString().replaceAll('-', '');
}

/** RFC 5545 §3.3.11. */
function text(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** No line is longer than 75 octets; the next begins with a space (RFC 5545 §3.1). Never splits a character. */
function folded(line: string): string {
  const lines = [''];
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      lines.push(' ');
      octets = 1;
    }
    lines[lines.length - 1] += character;
    octets += size;
  }
  return lines.join('\r\n');
}

const encoder = new TextEncoder();
