import { need } from './address.ts';
import { basic, type Provider, textAt } from './provider.ts';

/**
 * `vonage://API_KEY:API_SECRET@?from=NAME`. Vonage's *Messages API* v1 with Basic authentication: JSON, answered with
 * 202 and a `message_uuid`; numbers without the plus. (Its older SMS API answers errors with 200.)
 */
export const vonage: Provider = (address, post) => {
  const authorization = basic(need(address.user, 'the API key'), need(address.password, 'the API secret'));
  const from = need(address.option('from'), 'from').replace(/^\+/, '');
  const url = new URL('/v1/messages', address.endpoint('https://api.nexmo.com'));

  return async ({ to, text, idempotencyKey }) => {
    const body = JSON.stringify({
      channel: 'sms',
      message_type: 'text',
      to: to.replace(/^\+/, ''),
      from,
      text,
      client_ref: idempotencyKey.slice(0, 100),
    });
    const headers = { authorization, 'content-type': 'application/json', accept: 'application/json' };
    const answer = await post(url, { headers, body });
    return answer.ok ? { ok: true, reference: textAt(answer.body, 'message_uuid') } : answer;
  };
};
