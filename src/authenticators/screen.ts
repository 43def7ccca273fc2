import type { ComponentChildren, VNode } from 'preact';
import type { Pending } from '#core/authenticator.ts';
import type { Key, Words } from '#words/index.ts';

/** What a type shows at the second step. The page around it (heading, form, button) is `web/sign-in`'s. */
export type VerifyScreen = TypedScreen | PressedScreen | ApprovedScreen;

/** Something to type. */
export type TypedScreen = {
  /** Its line under *Try another way*. */
  way: Key;
  lead: Key;
  /** Null: the field is the whole form. Otherwise a code has to be sent first, and this is the button that asks. */
  send: { button: Key; again: Key } | null;
  /** The field, named `code`. */
  Answer(props: VerifyProps): VNode;
};

/** Nothing to type: a button, and the device asks for the rest. */
export type PressedScreen = { way: Key; lead: Key; press: Press };

/** Something to type elsewhere: a number goes from our page to the phone, and the answer comes from there. */
export type ApprovedScreen = {
  way: Key;
  lead: Key;
  approve: { button: Key; again: Key; waitingLead: Key; number: Key; next: Key; without: Key };
};

export type Press = {
  button: Key;
  /** When it came to nothing. */
  failed: Key;
  already?: Key;
  /** Where the browser cannot. */
  without: Key;
};

export type VerifyProps = {
  words: Words;
  error: string | null;
  /** Where a code was sent, masked. */
  sentTo: string | null;
  /** Where numbered codes are on a card: which is asked for, and how many are left with it. */
  card: CardShown | null;
};

export type CardShown = { next: number; left: number; isLow: boolean };

/** What an enrollable type shows in the wizard: a choice, and how it is set up. */
export type BindScreen = ScannedScreen | PrintedScreen | CeremonyScreen | PairedScreen;

type ChoiceScreen = {
  title: Key;
  /** What it will cost the person later. */
  cost: Key;
};

/** The one step of what the device sets up by itself. */
export type CeremonyScreen = ChoiceScreen & { heading: Key; lead: Key; about: readonly Key[]; press: Press };

/** A phone that is tied to the account, and answers a request to show that it works. */
export type PairedScreen = ChoiceScreen & {
  pairHeading: Key;
  testHeading: Key;
};

/** The field that proves it. */
type ProvedScreen = ChoiceScreen & {
  proveHeading: Key;
  proveLead: Key;
  Prove(props: { words: Words; error: string | null }): VNode;
};

/** What to print, and the field that proves it. */
export type PrintedScreen = ProvedScreen & {
  printHeading: Key;
  printLead: Key;
  /** In the order of their numbers. */
  codesOf(pending: Pick<Pending, 'secret'>): string[];
};

/** What to scan, and the field that proves it. */
export type ScannedScreen = ProvedScreen & {
  scanHeading: Key;
  /** What the app needs to know of an unproved secret. */
  entryOf(pending: Pending, account: string): Pick<ScanProps, 'uri' | 'longCode' | 'issuer' | 'account'>;
  Scan(props: ScanProps): ComponentChildren;
};

export type ScanProps = {
  words: Words;
  /** `otpauth://…`, for the QR code and for opening the app on this device. */
  uri: string;
  /** The long code, base 32. */
  longCode: string;
  account: string;
  issuer: string;
  /** This device is a phone and may be the one that will hold the app. */
  onPhone: boolean;
};
