import type { ComponentChildren } from 'preact';
import type { Frame } from '#ui/frame.ts';
import type { Words } from '#words/index.ts';
import { checkUpPage } from './account/check-up.page.tsx';
import { accountPage } from './account/account.page.tsx';
import { chooseAccountPage } from './applications/choose-account.page.tsx';
import { consentPage } from './applications/consent.page.tsx';
import { refusedPage } from './applications/refused.page.tsx';
import { leavePage } from './applications/leave.page.tsx';
import { askAgainPage } from './account/ask-again.page.tsx';
import { passkeyPage } from './account/passkey.page.tsx';
import { passwordPage } from './account/password.page.tsx';
import { removePage } from './account/remove.page.tsx';
import { renamePage } from './account/rename.page.tsx';
import { ceremonyPage } from './enrol/ceremony.page.tsx';
import { casePage } from './desk/case.page.tsx';
import { closedPage } from './desk/closed.page.tsx';
import { queuePage } from './desk/queue.page.tsx';
import { vouchersPage } from './desk/vouchers.page.tsx';
import { addPage } from './admin/application-add.page.tsx';
import { changePage } from './admin/application-change.page.tsx';
import { removeApplicationPage } from './admin/application-remove.page.tsx';
import { applicationPage } from './admin/application.page.tsx';
import { applicationsPage } from './admin/applications.page.tsx';
import { ownArticlePage } from './admin/help-article.page.tsx';
import { helpLinksPage } from './admin/help-links.page.tsx';
import { removeArticlePage } from './admin/help-remove.page.tsx';
import { helpReportPage } from './admin/help-report.page.tsx';
import { ownHelpPage } from './admin/help.page.tsx';
import { confirmedPage } from './admin/confirmed.page.tsx';
import { needsTwoStepsPage } from './admin/needs-two-steps.page.tsx';
import { overviewPage } from './admin/overview.page.tsx';
import { peoplePage } from './admin/people.page.tsx';
import { groupsPage } from './admin/person-groups.page.tsx';
import { secretPage } from './admin/secret.page.tsx';
import { tokenMadePage } from './admin/token-made.page.tsx';
import { tokensPage } from './admin/tokens.page.tsx';
import { tryOutPage } from './admin/try-out.page.tsx';
import { choosePage } from './enrol/choose.page.tsx';
import { donePage } from './enrol/done.page.tsx';
import { guardPage } from './enrol/guard.page.tsx';
import { keepPage } from './enrol/keep.page.tsx';
import { pairPage } from './enrol/pair.page.tsx';
import { provePage } from './enrol/prove.page.tsx';
import { cardPage } from './enrol/card.page.tsx';
import { scanPage } from './enrol/scan.page.tsx';
import { smsPage } from './enrol/sms.page.tsx';
import { askMorePage } from './forward-auth/ask-more.page.tsx';
import { notInPage } from './forward-auth/not-in.page.tsx';
import { onwardPage } from './forward-auth/onward.page.tsx';
import { notForYouPage } from './forward-auth/not-for-you.page.tsx';
import { signOutPage } from './forward-auth/sign-out.page.tsx';
import { testPage } from './enrol/test.page.tsx';
import { articlePage } from './help/article.page.tsx';
import { helpPage } from './help/help.page.tsx';
import { examplesOf, type Page } from './page.ts';
import { portalPage } from './portal/portal.page.tsx';
import { problemPage } from './problem.page.tsx';
import { askPage } from './recovery/ask.page.tsx';
import { askedPage } from './recovery/asked.page.tsx';
import { passPage } from './recovery/pass.page.tsx';
import { questionPage } from './recovery/question.page.tsx';
import { requestPage } from './recovery/request.page.tsx';
import { vouchPage } from './recovery/vouch.page.tsx';
import { choosePasswordPage } from './sign-in/choose-password.page.tsx';
import { forgotPage } from './sign-in/forgot.page.tsx';
import { notMePage } from './sign-in/not-me.page.tsx';
import { otherWaysPage } from './sign-in/other-ways.page.tsx';
import { phonePage } from './sign-in/phone.page.tsx';
import { promptPage } from './sign-in/prompt.page.tsx';
import { signInPage } from './sign-in/sign-in.page.tsx';
import { verifyPage } from './sign-in/verify.page.tsx';

/** One example of one page, with its view inside: pages of different views fit into one list. */
export type Shown = {
  /** `verify`, `totp`: the gallery's file is called after both. */
  page: string;
  example: string;
  /** Drawn with somebody in the name menu. */
  person: boolean;
  hasError: boolean;
  title: string;
  body(frame: Frame): ComponentChildren;
};

/** Every page of the product in every interesting view: for the gallery, the screenshots and the accessibility tests. */
export function pagesIn(words: Words): Shown[] {
  return [
    ...shown(signInPage, words),
    ...shown(verifyPage, words),
    ...shown(otherWaysPage, words),
    ...shown(phonePage, words),
    ...shown(promptPage, words),
    ...shown(forgotPage, words),
    ...shown(choosePasswordPage, words),
    ...shown(notMePage, words),
    ...shown(guardPage, words),
    ...shown(choosePage, words),
    ...shown(pairPage, words),
    ...shown(testPage, words),
    ...shown(scanPage, words),
    ...shown(cardPage, words),
    ...shown(provePage, words),
    ...shown(ceremonyPage, words),
    ...shown(smsPage, words),
    ...shown(keepPage, words),
    ...shown(donePage, words),
    ...shown(consentPage, words),
    ...shown(chooseAccountPage, words),
    ...shown(refusedPage, words),
    ...shown(leavePage, words),
    ...shown(portalPage, words),
    ...shown(accountPage, words),
    ...shown(checkUpPage, words),
    ...shown(askAgainPage, words),
    ...shown(passwordPage, words),
    ...shown(renamePage, words),
    ...shown(removePage, words),
    ...shown(passkeyPage, words),
    ...shown(askMorePage, words),
    ...shown(onwardPage, words),
    ...shown(notForYouPage, words),
    ...shown(notInPage, words),
    ...shown(signOutPage, words),
    ...shown(askPage, words),
    ...shown(askedPage, words),
    ...shown(requestPage, words),
    ...shown(questionPage, words),
    ...shown(passPage, words),
    ...shown(vouchPage, words),
    ...shown(queuePage, words),
    ...shown(casePage, words),
    ...shown(closedPage, words),
    ...shown(vouchersPage, words),
    ...shown(overviewPage, words),
    ...shown(applicationsPage, words),
    ...shown(addPage, words),
    ...shown(applicationPage, words),
    ...shown(changePage, words),
    ...shown(secretPage, words),
    ...shown(removeApplicationPage, words),
    ...shown(peoplePage, words),
    ...shown(groupsPage, words),
    ...shown(tryOutPage, words),
    ...shown(tokensPage, words),
    ...shown(tokenMadePage, words),
    ...shown(ownHelpPage, words),
    ...shown(ownArticlePage, words),
    ...shown(helpLinksPage, words),
    ...shown(removeArticlePage, words),
    ...shown(helpReportPage, words),
    ...shown(needsTwoStepsPage, words),
    ...shown(confirmedPage, words),
    ...shown(helpPage, words),
    ...shown(articlePage, words),
    ...shown(problemPage, words),
  ];
}

function shown<View>(page: Page<View>, words: Words): Shown[] {
  return Object.entries(examplesOf(page, words)).map(([example, view]) => ({
    page: page.name,
    example,
    person: page.person ?? false,
    hasError: page.hasError?.(view) ?? false,
    title: page.title(view, words),
    body: (frame) => page.body({ view, words, frame }),
  }));
}
