import { AwsV4Signer } from 'aws4fetch';
import { need } from './address.ts';
import type { Provider } from './provider.ts';

/**
 * `sns://ACCESS_KEY_ID:SECRET@REGION?from=NAME` (a secret with `/` or `+` is percent-encoded; `from` may be left out).
 * Amazon SNS, action *Publish*, version 2010-03-31: a form under Signature Version 4, answered with XML.
 */
export const sns: Provider = (address, post) => {
  const region = need(address.host === 'default' ? '' : address.host, 'the region');
  const accessKeyId = need(address.user, 'the access key');
  const secretAccessKey = need(address.password, 'the secret key');
  const sender = address.option('from');
  const url = new URL('/', address.endpoint(`https://sns.${region}.amazonaws.com`));

  return async ({ to, text }) => {
    const form = new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', PhoneNumber: to, Message: text });
    attribute(form, 1, 'AWS.SNS.SMS.SMSType', 'Transactional');
    if (sender) attribute(form, 2, 'AWS.SNS.SMS.SenderID', sender);
    const signed = await new AwsV4Signer({
      method: 'POST',
      url: url.href,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: form.toString(),
      accessKeyId,
      secretAccessKey,
      service: 'sns',
      region,
    }).sign();
    const answer = await post(url, { headers: Object.fromEntries(signed.headers), body: form.toString() });
    if (!answer.ok) return answer;
    return { ok: true, reference: /<MessageId>([\w-]{1,80})<\/MessageId>/.exec(answer.body)?.[1] ?? '' };
  };
};

function attribute(form: URLSearchParams, index: number, name: string, value: string): void {
  const entry = `MessageAttributes.entry.${index}`;
  form.set(`${entry}.Name`, name);
  form.set(`${entry}.Value.DataType`, 'String');
  form.set(`${entry}.Value.StringValue`, value);
}
