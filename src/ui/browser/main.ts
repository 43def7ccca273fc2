// Everything here makes a page nicer that is complete without it. One small file, the same on every page.
import { startClocks } from './clocks.ts';
import { startCopying } from './copy.ts';
import { startDigits } from './digits.ts';
import { startKeeping } from './keep.ts';
import { startOnce } from './once.ts';
import { startPasskeys } from './passkey.ts';
import { startShowing } from './show.ts';
import { startWaiting } from './wait.ts';

startOnce();
startDigits();
startCopying();
startKeeping();
startShowing();
startClocks();
startPasskeys();
startWaiting();
document.querySelector<HTMLElement>('[data-focus]')?.focus();
