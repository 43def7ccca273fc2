import { need } from './address.ts';
import { type Provider, textAt } from './provider.ts';

/**
 * `bird://ACCESS_KEY@WORKSPACE_ID/CHANNEL_ID`. Bird's *Channels API*: JSON, answered with 202 and an `id`. The older
 * MessageBird API ends on 31 December 2026 and is not spoken.
 */
export const bird: Provider = (address, post) => {
  const authorization = `AccessKey ${need(address.user, 'the access key')}`;
  const workspace = need(address.host === 'default' ? '' : address.host, 'the workspace');
  const channel = need(address.path[0] ?? '', 'the channel');
  const url = new URL(
    `/workspaces/${encodeURIComponent(workspace)}/channels/${encodeURIComponent(channel)}/messages`,
    address.endpoint('https://api.bird.com'),
  );

  return async ({ to, text, idempotencyKey }) => {
    const body = JSON.stringify({
      receiver: { contacts: [{ identifierKey: 'phonenumber', identifierValue: to }] },
      reference: idempotencyKey,
      body: { type: 'text', text: { text } },
    });
    const answer = await post(url, { headers: { authorization, 'content-type': 'application/json' }, body });
    return answer.ok ? { ok: true, reference: textAt(answer.body, 'id') } : answer;
  };
};
