import { need } from './address.ts';
import { basic, type Provider, textAt } from './provider.ts';

/**
 * `twilio://ACCOUNT_SID:AUTH_TOKEN@?from=+44…` (or the SID of a messaging service, `MG…`). Twilio's *Message* resource,
 * version 2010-04-01: a form, answered with 201 and a `sid`. It knows no idempotency key.
 */
export const twilio: Provider = (address, post) => {
  const sid = need(address.user, 'the account SID');
  const authorization = basic(sid, need(address.password, 'the auth token'));
  const from = need(address.option('from'), 'from');
  const sender: [string, string] = [from.startsWith('MG') ? 'MessagingServiceSid' : 'From', from];
  const url = new URL(
    `/2010-04-01/Accounts/${encodeURIComponent(sid)}/Messages.json`,
    address.endpoint('https://api.twilio.com'),
  );

  return async ({ to, text }) => {
    const body = new URLSearchParams([['To', to], sender, ['Body', text]]).toString();
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post(url, { headers, body });
    return answer.ok ? { ok: true, reference: textAt(answer.body, 'sid') } : answer;
  };
};
