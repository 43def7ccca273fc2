import { open, type Route } from '../route.ts';
import {
  add,
  addLater,
  change,
  changeLater,
  remove,
  renew,
  setStatus,
  showAdd,
  showApplication,
  showApplications,
  showChange,
  showRemove,
} from './applications.ts';
import { confirmedPage } from './confirmed.page.tsx';
import { admin, freshAdmin, withApplication } from './door.ts';
import { addArticle, addArticleLater, changeArticle, changeArticleLater, showAddArticle } from './help-article.ts';
import { showChangeArticle, withArticle } from './help-article.ts';
import { downloadReport, showReport } from './help-report.ts';
import { changeLinks, changeLinksLater, showLinks } from './help-links.ts';
import { removeArticle, setContact, showOwnHelp, showRemoveArticle } from './help.ts';
import { removeLogo, showLogo, uploadLogo } from './logo.ts';
import { showOverview } from './overview.ts';
import { setGroups, showGroups, showPeople } from './people.ts';
import { TRY_OUT_CALLBACK } from '#flows/try-out.ts';
import { beginTryOut, endTryOut } from './try-out.ts';
import { createToken, revokeToken, showTokens } from './tokens.ts';

export const adminRoutes: Route[] = [
  admin('GET', '/admin', showOverview),
  admin('GET', '/admin/confirmed', (visit) => visit.page(confirmedPage, {})),
  admin('GET', '/admin/applications', showApplications),
  freshAdmin('GET', '/admin/applications/add', showAdd),
  freshAdmin('POST', '/admin/applications/add', add, addLater),
  admin('GET', TRY_OUT_CALLBACK, endTryOut),
  admin('GET', '/admin/applications/:id', withApplication(showApplication)),
  admin('POST', '/admin/applications/:id/try', withApplication(beginTryOut)),
  freshAdmin('GET', '/admin/applications/:id/change', withApplication(showChange)),
  freshAdmin('POST', '/admin/applications/:id/change', withApplication(change), withApplication(changeLater)),
  freshAdmin('POST', '/admin/applications/:id/secret', withApplication(renew)),
  freshAdmin('POST', '/admin/applications/:id/status', withApplication(setStatus)),
  freshAdmin('GET', '/admin/applications/:id/remove', withApplication(showRemove)),
  freshAdmin('POST', '/admin/applications/:id/remove', withApplication(remove)),
  freshAdmin('POST', '/admin/applications/:id/logo', withApplication(uploadLogo)),
  freshAdmin('POST', '/admin/applications/:id/logo/remove', withApplication(removeLogo)),
  admin('GET', '/admin/people', showPeople),
  freshAdmin('GET', '/admin/people/:id/groups', showGroups),
  freshAdmin('POST', '/admin/people/:id/groups', setGroups),
  admin('GET', '/admin/tokens', showTokens),
  freshAdmin('POST', '/admin/tokens/create', createToken),
  freshAdmin('POST', '/admin/tokens/revoke', revokeToken),
  admin('GET', '/admin/help', showOwnHelp),
  admin('GET', '/admin/help/report', showReport),
  admin('GET', '/admin/help/report.csv', downloadReport),
  freshAdmin('POST', '/admin/help/contact', setContact),
  freshAdmin('GET', '/admin/help/links', showLinks),
  freshAdmin('POST', '/admin/help/links', changeLinks, changeLinksLater),
  freshAdmin('GET', '/admin/help/add', showAddArticle),
  freshAdmin('POST', '/admin/help/add', addArticle, addArticleLater),
  freshAdmin('GET', '/admin/help/:lang/:slug', withArticle(showChangeArticle)),
  freshAdmin('POST', '/admin/help/:lang/:slug', withArticle(changeArticle), withArticle(changeArticleLater)),
  freshAdmin('GET', '/admin/help/:lang/:slug/remove', withArticle(showRemoveArticle)),
  freshAdmin('POST', '/admin/help/:lang/:slug/remove', withArticle(removeArticle)),
  open('GET', '/applications/:id/logo', showLogo),
];
