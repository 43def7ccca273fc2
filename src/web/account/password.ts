import type { Refused } from '#core/refusal.ts';
import { changePassword } from '#flows/account.ts';
import type { SignedInVisit } from '../route.ts';
import { asEverywhere } from './changed.ts';
import { passwordPage, type PasswordView } from './password.page.tsx';
import { factsOf } from './view.ts';

export async function showChange(visit: SignedInVisit): Promise<Response> {
  return visit.page(passwordPage, await viewOf(visit, null));
}

export async function change(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const input = { password: form.get('password'), repeated: form.get('repeated') };
  const { refused, keep } = await changePassword(visit.deps, visit.browser, visit.who, input);
  if (!refused) return visit.redirect('/account?done=password', keep);
  return asEverywhere(visit, refused) ?? visit.page(passwordPage, await viewOf(visit, refused), refused);
}

async function viewOf(visit: SignedInVisit, refused: Refused | null): Promise<PasswordView> {
  const { enrolment, policy, account } = await factsOf(visit);
  const addresses = await visit.read.accounts.addresses(account.id);
  return {
    name: account.name,
    address: (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '',
    minLength: enrolment === 'none' ? policy.passwordMinLengthAlone : policy.passwordMinLengthWithSecondStep,
    now: visit.now,
    refused,
  };
}
