/** Every sentence of the app. `nl.ts` has the same shape, or the program does not compile. */
export const en = {
  name: 'Nachtslot Authenticator',
  shortName: 'Authenticator',
  back: 'Back',
  cancel: 'Cancel',
  done: 'Done',
  optional: '(optional)',
  show: 'Show',
  hide: 'Hide',

  // The list
  codes: 'Your codes',
  add: 'Add an account',
  menu: 'Settings',
  search: 'Search',
  nothingFound: (text: string) => `No account has “${text}” in its name.`,
  noAccounts: 'No codes yet',
  noAccountsLead:
    'A website that asks for a second step shows a QR code. Scan it here, and this app shows the six digits to type, also without a connection.',
  unnamed: 'Account without a name',
  copyCode: (name: string, code: string) => `Copy the code for ${name}: ${code}`,
  more: (name: string) => `Change or remove ${name}`,
  next: 'Next',
  secondsLeft: (seconds: number) => (seconds === 1 ? '1 second left' : `${seconds} seconds left`),

  clockFast: (minutes: number) => `This device’s clock is about ${minutes} min fast`,
  clockSlow: (minutes: number) => `This device’s clock is about ${minutes} min slow`,
  clockLead:
    'Websites may refuse its codes. Turn on automatic time in the settings of the device, then open this app again.',

  // What was done
  copied: 'Copied',
  copyFailed: 'This browser copies nothing here. Type the code, or select it yourself.',
  added: (count: number) => (count === 1 ? 'Added' : `${count} accounts added`),
  partAdded: (part: number, of: number) => `Part ${part} of ${of} is in. Now scan the next one.`,
  alreadyHere: 'This account is here already.',
  replaced: 'Replaced. The old codes are gone.',
  saved: 'Saved',
  removed: 'Removed',
  exported: 'The file is in your downloads.',
  lockedOn: 'The lock is on.',
  lockedOff: 'The lock is off.',
  fault: 'That went wrong. Close the app and open it again; nothing was changed.',

  // Adding
  addLead: 'The website that wants a second step shows a QR code, or a long code to type.',
  scan: 'Scan the QR code',
  choosePicture: 'Choose a picture',
  typeIt: 'Type the long code',
  scanLead: 'Hold the camera over the QR code. The picture stays on this device.',
  cameraPicture: 'What the camera sees',
  cameraStarts: 'The camera is starting…',
  lookingAtPicture: 'Looking at the picture…',
  longCode: 'Long code, or otpauth:// address',
  longCodeHint: 'Letters and the digits 2 to 7. Blanks do not matter.',
  issuer: 'Service',
  issuerHint: 'The website or organisation, for instance “Harbour Freight”.',
  account: 'Account name',
  otherForm: 'Other than 6 digits, 30 seconds?',
  algorithm: 'Algorithm',
  digits: 'Digits',
  period: 'Seconds',
  addThis: 'Add',

  unreadable: {
    empty: 'There is nothing there. Type the long code, or paste the address that starts with otpauth://.',
    'web-address':
      'That QR code leads to a web page. Scan the one that the website shows when you set up an authenticator app.',
    'something-else':
      'That is no code for an authenticator app. Scan the QR code that the website shows when you set up two-step verification.',
    'counter-based': 'That code counts presses instead of time (HOTP). This app has codes that change with time only.',
    'no-secret': 'The long code is missing.',
    'bad-secret':
      'That is no long code: it has only letters and the digits 2 to 7. Look out for 0 and O, 1 and I, 8 and B.',
    'short-secret': 'That long code is too short. Is the end missing?',
    'long-secret': 'That long code is too long. Was it pasted twice?',
    algorithm: 'That QR code asks for an algorithm that this app does not compute. SHA-1, SHA-256 and SHA-512 it does.',
    digits: 'That QR code asks for codes of a length that this app does not show. 6, 7 and 8 digits it does.',
    period:
      'That QR code asks for codes that change in less than 10 seconds or more than 5 minutes. Ask the website for another one.',
    'broken-address':
      'That address starts with otpauth:// and is not complete. Copy the whole of it, or scan the QR code again.',
    'broken-migration':
      'That is an export of Google Authenticator, but it is not complete. Start the export there again.',
    'empty-migration': 'That export of Google Authenticator has no accounts in it.',
    'other-house': 'That QR code belongs to another server. Open it with the camera of this phone instead.',
    'picture-unreadable': 'That file is no picture that this browser can open. Choose a photograph or a screenshot.',
    'no-qr-in-picture':
      'No QR code was found in that picture. Cut it so that the QR code fills most of it, and see that all four edges are there.',
    'camera-denied':
      'This app may not use the camera. Allow it in the settings of your browser for this site, or choose another way.',
    'camera-missing': 'No camera was found. Choose a picture of the QR code, or type the long code.',
    'camera-busy': 'The camera does not start. Close other apps that use it, and try again.',
    'not-an-export': 'That is no file that this app has exported. Its name ends in .json.',
    'newer-export':
      'A newer version of this app has made that file. Reload this app while you are online, then try again.',
    'damaged-or-wrong-passphrase':
      'That passphrase does not open the file. If you are sure of it, the file is damaged.',
    'short-passphrase': (least: number) =>
      `Use at least ${least} characters: four or five words that have nothing to do with each other.`,
    'not-repeated': 'The two passphrases are not the same.',
    'no-passphrase': 'Type the passphrase that the file was made with.',
    'no-file': 'Choose the file first.',
    'nothing-to-export': 'There are no accounts to export.',
    'not-shown': 'The passkey was not shown. Try again.',
  },

  // What was found
  sameName: 'You have this account already',
  sameNameLead: (name: string) =>
    `There is an account ${name}, with other codes. If you have just set it up anew, the old codes are good for nothing.`,
  replaceIt: 'Replace the old one',
  keepBoth: 'Keep both',
  found: (count: number) => (count === 1 ? 'Add this account?' : `Add these ${count} accounts?`),
  nothingNew: 'Nothing new',
  nothingNewLead: 'Every account in it is here already.',
  foundPart: (part: number, of: number) => `This is part ${part} of ${of}.`,
  passedOver: (count: number) =>
    count === 1
      ? 'One account in it works in a way that this app does not. Set that one up anew on its website.'
      : `${count} accounts in it work in a way that this app does not. Set those up anew on their websites.`,
  hereAlready: 'Here already',
  addAll: (count: number) => (count === 1 ? 'Add' : `Add ${count} accounts`),

  // One account
  copy: 'Copy the code',
  rename: 'Name',
  save: 'Save',
  moveUp: 'Move up',
  moveDown: 'Move down',
  place: (at: number, of: number) => `Place ${at} of ${of} in the list`,
  remove: 'Remove',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeLead:
    'This app then has no codes for it any more. The website goes on asking for one: first turn two-step verification off there, or have another way in.',
  keep: 'Keep it',

  // A phone that approves
  pairTitle: 'Connect this phone?',
  pairLead:
    'It can then approve sign-ins to your account, and shows codes for it. Only go on if you have just started this yourself.',
  pairIt: 'Connect',
  paired: 'Connected. Now answer the request.',
  pairRefused: 'This code was used already, or has run out. Ask for a new QR code on the page it came from.',
  noConnection: 'There is no connection. Try again when there is one.',
  askedTitle: 'Is this you signing in?',
  askedTest: 'Try it once',
  askedTestLead: 'This is the test that connects your phone.',
  askedWhere: 'Organisation',
  askedApplication: 'Going to',
  askedDevice: 'Device',
  askedAddress: 'From',
  askedWhen: 'When',
  askedSeconds: (seconds: number) => (seconds < 5 ? 'just now' : `${seconds} seconds ago`),
  askedNumber: 'Number on the page',
  askedNumberHint: (digits: number) => `${digits} digits. Whoever calls you for it, or about it, is a thief.`,
  askedNumberMissing: (digits: number) => `Type the ${digits} digits that the page shows.`,
  approve: 'Approve',
  deny: 'This wasn’t me',
  approved: 'Approved. The page goes on by itself.',
  denied: 'Refused, and there is a mail about it. Change your password: somebody else knows it.',
  numberWrong: 'That was another number, and the request has ended. Send a new one from the page.',
  requestOver: 'That request is over.',
  unpaired: 'This phone is not connected to that account any more. Its codes may be of no use either.',

  // Settings
  notificationsHeading: 'Notifications',
  notificationsOnLead:
    'This phone tells you when somebody signs in to your account. The notification says only that there is a request; the rest is behind it, in the app.',
  notificationsOffLead:
    'Let this phone tell you when somebody signs in to your account, also while the app is closed. Without it, open the app yourself.',
  notificationsTurnOn: 'Turn notifications on',
  notificationsTurnOff: 'Turn notifications off',
  notificationsOn: 'Notifications are on.',
  notificationsOff: 'Notifications are off. Open the app when you sign in.',
  notificationsFailed: 'There is no way for notifications just now. Open the app when you sign in, or try again later.',
  notificationsBlocked:
    'This browser may show no notifications for this site. Allow them in its settings, then come back here.',
  notificationsImpossible:
    'This browser shows no notifications here. On an iPhone or iPad they work once the app is on the home screen.',

  lockHeading: 'App lock',
  lockOffLead:
    'Whoever can open this device can see the codes. With a passkey the app asks for your finger, your face or the code of this device first.',
  lockTurnOn: 'Turn the lock on',
  lockTurnOff: 'Turn the lock off',
  lockNow: 'Lock now',
  lockUnavailable:
    'This browser offers no passkey on this device, so there is no lock here. The lock of the device itself still guards the codes.',
  lockExportFirst: 'If the passkey is lost, the codes are lost with it. Make an export first.',
  lockSealed: 'The codes are encrypted with your passkey. Nobody opens them without it.',
  lockScreen:
    'Your passkey is asked for before the codes are shown. It cannot encrypt on this device, so this keeps out eyes, and not somebody who takes the browser’s files apart.',
  lockReturns: 'The app locks itself after a minute in the background.',
  locked: 'Locked',
  lockedSealed: 'Your codes are encrypted with your passkey. Show it, and they open.',
  lockedScreen: 'Show your passkey to see your codes.',
  unlock: 'Unlock',
  cannotUnlock: 'I cannot unlock it',
  cannotUnlockLead:
    'Without the passkey the codes stay closed. You can empty the app, and fill it from an export or by setting up each account anew.',
  forget: 'Empty the app',
  forgetTitle: 'Empty the app?',
  forgetLead: 'All accounts on this device are removed for good. What you have exported stays.',
  forgotten: 'The app is empty.',

  moveHeading: 'A new phone',
  moveLead: 'Export your accounts to a file that only your passphrase opens, and import it on the other device.',
  exportIt: 'Export',
  importIt: 'Import',
  exportTitle: 'Export your accounts',
  exportLead:
    'Whoever has the file and the passphrase has all your codes. Keep the two apart. Nobody can tell you the passphrase again.',
  passphrase: 'Passphrase',
  repeated: 'Passphrase again',
  makeFile: 'Save the file',
  working: 'Computing…',
  importTitle: 'Import accounts',
  importLead: 'The file that the export on the other device has made, and its passphrase.',
  chooseFile: 'Choose the file',
  openFile: 'Open the file',

  languageHeading: 'Language',
  aboutHeading: 'Where your codes are',
  aboutLead:
    'Only in this browser, encrypted under a key that cannot be read out of it. No server has them, so clearing the data of this site removes them for good.',

  // Installing
  installHeading: 'Put it on your home screen',
  installLead: 'Then it opens like any other app, also without a connection.',
  install: 'Install',
  installIos:
    'Tap Share, then “Add to Home Screen”, and open it from there before you add an account: Safari keeps nothing for good, and shares nothing with the app.',

  cannotKeep:
    'This browser keeps nothing here, perhaps because the window is a private one. Open the app in an ordinary window.',
};

export type Words = typeof en;
