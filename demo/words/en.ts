import type { Chapter } from '../people.ts';
import type { ClockRefusal } from '../clock.ts';

const chapters: Record<Chapter, string> = {
  asked: 'About to be asked',
  later: 'Remind me later',
  due: 'The last day is over',
  both: 'Two employers, or none',
  working: 'Two steps, and they work',
  devices: 'Remembered devices',
  trouble: 'Something is wrong',
  staff: 'Administrators and agents',
};

const refusals: Record<ClockRefusal, string> = {
  malformed: 'Send one of these: {"advance":"P3D"} or {"at":"2027-01-01T09:00:00+01:00"}.',
  'not-a-duration': 'That is no duration. Write it like P3D (three days), P1W or PT2H.',
  'not-an-instant': 'That is no moment. Write date, time and offset, like 2027-01-01T09:00:00+01:00.',
  'before-real-time': 'The clock cannot stand before the real time: everybody’s story begins there.',
  'too-far': 'The clock goes ten years ahead and no further.',
};

export const en = {
  title: 'Demonstration',
  heading: 'Be somebody',
  lead: (people: number) =>
    `Two employers, their payroll office and ${people} people, all made up. Choose one, sign in, and see what they see. Nothing you do here reaches anybody.`,
  nav: 'On this page',
  first: 'Start here',
  firstIntro: 'The whole road in six people.',
  everybody: 'Everybody',
  everybodyIntro: 'Each is a case of its own.',
  chapters,
  search: 'Find in names and stories',
  employer: 'Employer',
  anyEmployer: 'All',
  find: 'Find',
  found: (count: number) => (count === 1 ? 'One person.' : `${count} people.`),
  nobody: 'Nobody has that story.',
  noEmployer: 'no employer',
  address: 'Email address',
  password: 'Password',
  changed: 'It has been changed since the start.',
  code: (label: string) => `Code on the phone (${label})`,
  codeLasts: (seconds: number) => `A new one in ${seconds} s. Reload the page for it.`,
  codeOff: (seconds: number) =>
    `This phone is ${Math.abs(seconds)} seconds ${seconds < 0 ? 'slow' : 'fast'}: it shows another code than it should.`,
  phone: 'Text messages to',
  backupCode: 'Backup code',
  cardCode: (number: number) => `Code number ${number} of the card`,
  signIn: 'Sign in',
  onLaptop: 'Sign in on the remembered laptop',
  leaves: 'Whoever is signed in in this browser is left behind.',
  payroll: 'The payroll portal',
  payrollIntro:
    'An application of its own that signs people in here: payslips open with a password, the bank account asks for two steps, and a change of it waits for three days after a new authenticator or a recovery.',
  payrollOpen: 'Open Tallybridge',
  clock: 'The clock',
  clockIntro:
    'Campaigns, sessions and policies go by this clock. Codes of real phones go by the real time, so they work throughout.',
  itIs: (moment: string) => `It is ${moment}.`,
  isReal: 'That is the real time.',
  isAhead: (days: string) => `That is ${days} ahead of the real time.`,
  plusDay: 'A day on',
  plusWeek: 'A week on',
  plusMonth: '30 days on',
  dayAfter: 'To the day after',
  dayAfterOf: (name: string) => ` the last day of ${name}`,
  back: 'Back to the real time',
  lastDay: (date: string) => `last day ${date}`,
  isOver: 'over',
  daysLeft: (days: number) => (days === 0 ? 'today' : days === 1 ? 'one more day' : `${days} more days`),
  rules: (laters: number, days: number, signIns: number) =>
    `“Later” ${laters} times, each for ${signIns} sign-ins or ${days} days.`,
  refusals,
  messages: 'The mailbox',
  messagesIntro: 'Mail and text messages to everybody, newest first.',
  noMessages: 'Nothing has been sent yet. Turn two-step verification on, or ask for a new password, and look again.',
  onlyTo: (to: string) => `Only to ${to}.`,
  all: 'Show all messages',
  theirs: 'Their messages',
  mail: 'Mail',
  sms: 'Text message',
  links: 'Links',
  forScripts: 'For scripts',
  forScriptsIntro: 'The same, to be read by programs:',
};

/** What every language of the demonstration has. */
export type DemoWords = typeof en;
