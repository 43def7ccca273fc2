import type { ComponentChildren, VNode } from 'preact';
import type { Pending } from '#core/authenticator.ts';
import type { Key, Words } from '#words/index.ts';

/** What a type shows at the second step. The page around it (heading, form, button) is `web/sign-in`'s. */
export type VerifyScreen = {
  /** Its line under *Try another way*. */
  way: Key;
  lead: Key;
  /** Null: the field is the whole form. Otherwise a code has to be sent first, and this is the button that asks. */
  send: { button: Key; again: Key } | null;
  /** The field, named `code`. */
  Answer(props: VerifyProps): VNode;
};

export type VerifyProps = {
  words: Words;
  error: string | null;
  /** Where a code was sent, masked. */
  sentTo: string | null;
};

/** What an enrollable type shows in the wizard: a choice, what to scan, and the field that proves it. */
export type BindScreen = {
  title: Key;
  /** What it will cost the person later. */
  cost: Key;
  scanHeading: Key;
  /** What the app needs to know of an unproved secret. */
  entryOf(pending: Pending, account: string): Pick<ScanProps, 'uri' | 'longCode' | 'issuer' | 'account'>;
  Scan(props: ScanProps): ComponentChildren;
  proveHeading: Key;
  proveLead: Key;
  Prove(props: { words: Words; error: string | null }): VNode;
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
