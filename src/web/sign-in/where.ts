import type { SignIn } from '#core/sign-in/state.ts';

/** The page of a state: what the person sees, whatever address they asked for. Null: this attempt is over. */
export function pageOf(state: SignIn | null): string | null {
  switch (state?.at) {
    case 'verifying':
      return '/sign-in/verify';
    case 'inviting':
      return '/sign-in/prompt';
    case 'asking-about-phone':
      return '/sign-in/phone';
    case 'enrolling':
      return '/enrol';
    default:
      return null;
  }
}
