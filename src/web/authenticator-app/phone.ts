import type { Refused } from '#core/refusal.ts';
import { answerApproval, requestFor } from '#flows/approval/answer.ts';
import { pairDevice } from '#flows/approval/pair.ts';
import { pushArrived, pushKeyFor, setPush } from '#flows/approval/push.ts';
import type { Approval } from '#store/rows.ts';
import { deviceInWords } from '#words/device.ts';
import { open, type Route } from '../route.ts';
import { statusOf } from '../status.ts';
import type { Visit } from '../visit.ts';

/**
 * What the app on a phone says to the server. Nobody is signed in there: each of these stands on what it brings, a code
 * that is good once, the phone's token, or a signature of its key.
 */
export const phoneRoutes: Route[] = [
  open('POST', '/authenticator/pair', pair),
  open('POST', '/authenticator/requests', requests),
  open('POST', '/authenticator/answer', answer),
  open('POST', '/authenticator/push', push),
  open('POST', '/authenticator/push/key', pushKey),
  open('POST', '/authenticator/push/arrived', arrived),
];

async function pair(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const paired = await pairDevice(visit.deps, visit.browser.origin, {
    code: form.get('code'),
    publicKey: form.get('key'),
    proof: form.get('proof'),
    name: deviceInWords(visit.browser.origin.userAgent, visit.words),
  });
  if ('refusal' in paired) return no(visit, paired);
  const { device, token, secret, issuer, account } = paired;
  return visit.json({ device, token: token.reveal(), secret: secret.reveal(), issuer, account });
}

async function requests(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const found = await requestFor(visit.deps, { device: form.get('device'), token: form.get('token') });
  if ('refusal' in found) return no(visit, found);
  return visit.json({ request: found.request && shown(found.request, visit), push: found.push });
}

/** Everything but the number: that comes from the page that asks, by way of the person. */
function shown(request: Approval, { words, now }: Visit) {
  const { id, account, holder, purpose, organisation, application, userAgent, address } = request;
  return {
    id,
    account,
    attempt: holder,
    test: purpose === 'bind',
    digits: request.number.reveal().length,
    organisation,
    application,
    device: deviceInWords(userAgent, words),
    address,
    secondsAgo: Math.round(now.since(request.createdAt).total('seconds')),
    secondsLeft: Math.round(request.expiresAt.since(now).total('seconds')),
  };
}

async function answer(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const decision = form.get('decision');
  if (decision !== 'approve' && decision !== 'deny') return no(visit, { refusal: 'input-malformed' });
  const refused = await answerApproval(visit.deps, visit.browser.origin, {
    device: form.get('device'),
    request: form.get('request'),
    number: form.get('number'),
    decision,
    signature: form.get('signature'),
  });
  return refused ? no(visit, refused) : visit.json({ done: true });
}

/** The key that the phone's browser subscribes with. */
async function pushKey(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const found = await pushKeyFor(visit.deps, { device: form.get('device'), token: form.get('token') });
  return 'refusal' in found ? no(visit, found) : visit.json(found);
}

async function push(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const refused = await setPush(visit.deps, visit.browser.origin, {
    device: form.get('device'),
    endpoint: form.get('endpoint'),
    p256dh: form.get('p256dh'),
    auth: form.get('auth'),
    signature: form.get('signature'),
  });
  return refused ? no(visit, refused) : visit.json({ done: true });
}

async function arrived(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const refused = await pushArrived(visit.deps, {
    device: form.get('device'),
    request: form.get('request'),
    signature: form.get('signature'),
  });
  return refused ? no(visit, refused) : visit.json({ done: true });
}

function no(visit: Visit, { refusal }: Refused): Response {
  const { headers } = visit.json({});
  return new Response(JSON.stringify({ refusal }), { status: statusOf(refusal), headers });
}
