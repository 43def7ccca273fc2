import { fresh, open, type Route, signedIn, type SignedInVisit } from '../route.ts';
import { takeBack } from './take-back.ts';
import { accountPage } from './account.page.tsx';
import { remove, rename, showRemove, showRename } from './authenticators.ts';
import { checkUpRoutes } from './check-up.ts';
import { endOne, everywhere, forget, stopRequest } from './end.ts';
import { setLanguage } from './language.ts';
import { askForPasskey, newPasskey, notNow, showNewPasskey } from './passkeys.ts';
import { change, showChange } from './password.ts';
import { leave } from './sign-out.ts';
import { confirm, openWizard } from './step-up.ts';
import { accountView } from './view.ts';

export const accountRoutes: Route[] = [
  signedIn('GET', '/account', show),
  signedIn('POST', '/account/enable', (visit) => openWizard(visit, 'first')),
  signedIn('POST', '/account/backup-code', (visit) => openWizard(visit, 'backup-code')),
  signedIn('POST', '/account/move', (visit) => openWizard(visit, 'move')),
  signedIn('POST', '/account/confirm', confirm),
  fresh('GET', '/account/password', showChange),
  fresh('POST', '/account/password', change),
  fresh('GET', '/account/authenticators/:id/rename', showRename),
  fresh('POST', '/account/authenticators/rename', rename),
  fresh('GET', '/account/authenticators/:id/remove', showRemove),
  fresh('POST', '/account/authenticators/remove', remove),
  fresh('GET', '/account/passkeys/new', showNewPasskey),
  fresh('POST', '/account/passkeys/options', askForPasskey),
  fresh('POST', '/account/passkeys', newPasskey),
  // No fresh proof for these: they take away and give nothing, and whoever sees a stranger in the list is in a hurry.
  signedIn('POST', '/account/sessions/end', endOne),
  signedIn('POST', '/account/devices/forget', forget),
  signedIn('POST', '/account/passkeys/not-now', notNow),
  signedIn('POST', '/account/applications/take-back', takeBack),
  signedIn('POST', '/account/sign-out-everywhere', everywhere),
  signedIn('POST', '/account/request/stop', stopRequest),
  ...checkUpRoutes,
  open('POST', '/sign-out', leave),
  open('POST', '/language', setLanguage),
];

async function show(visit: SignedInVisit): Promise<Response> {
  return visit.page(accountPage, await accountView(visit));
}
