import { createHash } from 'node:crypto';
import { need } from './address.ts';
import { refused } from './post.ts';
import { type Provider, textAt } from './provider.ts';

/**
 * `cm://PRODUCT_TOKEN@?from=NAME`. CM.com's *Business Messaging API* v1.0: JSON, the token in a header, numbers with
 * 00. It answers 200 also for a request of which a message was rejected, so each message's own status counts.
 */
export const cm: Provider = (address, post) => {
  const token = need(address.user, 'the product token');
  const from = need(address.option('from'), 'from');
  const url = new URL('/v1.0/message', address.endpoint('https://gw.messaging.cm.com'));

  return async ({ to, text, idempotencyKey }) => {
    // At most 32 letters and digits.
    const reference = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32);
    const body = JSON.stringify({
      messages: {
        msg: [
          {
            allowedChannels: ['SMS'],
            from,
            to: [{ number: to.replace(/^\+/, '00') }],
            body: { type: 'auto', content: text },
            minimumNumberOfMessageParts: 1,
            maximumNumberOfMessageParts: 3,
            reference,
          },
        ],
      },
    });
    const headers = { 'x-cm-producttoken': token, 'content-type': 'application/json', accept: 'application/json' };
    const answer = await post(url, { headers, body });
    if (!answer.ok) return answer;
    if (textAt(answer.body, 'messages', 0, 'status') === 'Rejected') return refused('for-good', 'cm: rejected');
    return { ok: true, reference };
  };
};
