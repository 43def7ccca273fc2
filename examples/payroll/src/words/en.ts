import type { IbanFault } from '../iban.ts';
import type { LineName } from '../payslips.ts';
import type { Hold } from '../hold.ts';
import type { Problem } from '../pages/problem.ts';

const countries: Record<string, string> = { GB: 'British', NL: 'Dutch', BE: 'Belgian', DE: 'German', FR: 'French' };

export const en = {
  lang: 'en' as 'en' | 'nl',
  locale: 'en-GB',
  timeZone: 'Europe/London',
  otherLanguage: 'Nederlands',
  name: 'Tallybridge',
  skip: 'Skip to the page',
  menu: 'Menu',
  signIn: 'Sign in',
  signOut: 'Sign out',
  footer: 'Tallybridge Payroll counts for Quillwharf Freight and Bakkerij Duizendkorrel.',
  landing: {
    title: 'Payslips',
    heading: 'Every hour counted. Every month on paper.',
    lead: 'Your payslips and the account your wages go to, for people at Quillwharf Freight and Bakkerij Duizendkorrel.',
    note: 'You sign in with the account of your employer.',
    out: 'You are signed out, here and at your employer’s sign-in.',
    sample: 'A payslip',
  },
  due: (date: string) => `Two-step verification is due by ${date}.`,
  dueWhy: 'Your employer asks for it. Until then your payslips open without it; your bank account never does.',
  dueAct: 'Set it up now',
  payslips: {
    title: 'Payslips',
    hello: (name: string) => `Good to see you, ${name}.`,
    open: 'Open the payslip',
    paidOn: (date: string) => `Paid on ${date}`,
    net: 'Net pay',
    earlier: 'Earlier',
    month: 'Month',
    none: 'There are no payslips for you yet. If you think there should be, ask your employer’s payroll team.',
  },
  payslip: {
    title: (month: string) => `Payslip ${month}`,
    earned: 'Earned',
    withheld: 'Taken off',
    total: 'Together',
    net: 'Net pay',
    for: 'For',
    paidTo: (ending: string) => `To your account ending in ${ending}`,
    back: 'All payslips',
    amount: 'Amount',
  },
  lines: {
    gross: 'Gross pay',
    overtime: 'Overtime',
    allowance: 'Holiday pay',
    travel: 'Travel expenses',
    tax: 'Income tax',
    insurance: 'National Insurance',
    pension: 'Pension',
  } satisfies Record<LineName, string>,
  bank: {
    title: 'My bank account',
    now: 'Your wages go to',
    since: (date: string) => `since ${date}`,
    saved: 'Saved. Your next wages go to this account.',
    heading: 'Use another account',
    label: 'New account number (IBAN)',
    hint: 'As it stands on your bank card. Blanks do not matter.',
    save: 'Save',
    checked: 'You confirmed with two steps a moment ago. We ask for that each time, for this is where your wages go.',
    held: 'Held',
    heldHeading: 'Your new account waits',
    heldUntil: (moment: string) => `Held until ${moment}`,
    heldThen: 'Then your wages go to',
    heldNow: 'Wages that are paid before that still go to your present account.',
    willWait: (moment: string) => `A change that you make now waits until ${moment}`,
    because: {
      recovered: (moment: string) => `because your account was given back to you on ${moment}.`,
      'new-authenticator': (moment: string) => `because the way you confirm it’s you changed on ${moment}.`,
      'not-known': () => 'because your employer’s sign-in did not tell us whether your account changed lately.',
    } satisfies Record<Hold['because'], (moment: string) => string>,
    whyHeld: 'Should somebody else have got into your account, you have the time to notice.',
    cancel: 'Cancel this change',
    notMe: 'Was this not you? Cancel it, and call your payroll team.',
  },
  iban: (fault: IbanFault): string => {
    switch (fault.fault) {
      case 'empty':
        return 'Enter the number of the account your wages should go to.';
      case 'characters':
        return 'An IBAN begins with two letters and two digits, like GB82 WEST. Copy it from your bank card or your bank’s app.';
      case 'country':
        return 'We cannot pay to a bank in this country. Look at the first two letters, or ask your payroll team.';
      case 'length': {
        const what = countries[fault.country] ? `A ${countries[fault.country]} IBAN` : `An IBAN with ${fault.country}`;
        const parts = fault.is < fault.should ? 'missing' : 'too many';
        return `${what} has ${fault.should} characters; this one has ${fault.is}. ${Math.abs(fault.should - fault.is)} ${parts}.`;
      }
      case 'checksum':
        return 'This number does not add up: a digit is wrong, or two have changed places. Compare it with your bank card.';
    }
    fault satisfies never;
    return '';
  },
  errorPrefix: 'Error',
  problems: {
    'not-found': ['There is no such page', 'Perhaps the address was cut off. Your payslips are where they were.'],
    'unknown-trip': [
      'That sign-in is over',
      'It took too long, or it began in another browser. Nothing went wrong: begin again.',
    ],
    refused: ['You were not signed in', 'Your employer’s sign-in did not let you through. Nothing was changed here.'],
    'too-weak': [
      'Your bank account needs two steps',
      'You are signed in, but you did not confirm with a second step. Your payslips are open; your bank account stays closed.',
    ],
    'not-for-you': [
      'You were not let in',
      'Either you chose not to go on, or your employer has not given you payroll. Ask your employer’s payroll team.',
    ],
    unreachable: [
      'Sign-in cannot be reached',
      'Your employer’s sign-in does not answer at the moment. Try again in a minute; nothing was lost.',
    ],
    foreign: ['That did not come from here', 'Go back to the page and press the button there once more.'],
    fault: ['Something broke on our side', 'It is noted, and nothing of yours was changed. Try again in a minute.'],
  } satisfies Record<Problem, [string, string]>,
  tryAgain: 'Sign in',
  toPayslips: 'To your payslips',
  confirm: 'Confirm with two steps',
};

export type Words = typeof en;
