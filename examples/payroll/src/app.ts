import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Demand, unmet } from '../../../clients/typescript/src/index.ts';
import { createBankAccounts } from './bank-accounts.ts';
import { type Hold, holdOf } from './hold.ts';
import { readIban } from './iban.ts';
import { bankAccountPage, type BankView } from './pages/bank-account.ts';
import { landing } from './pages/landing.ts';
import { payslipPage } from './pages/payslip.ts';
import { payslipList } from './pages/payslips.ts';
import { firstIban, payslipsOf } from './payslips.ts';
import { createSessions, type Session } from './sessions.ts';
import { createSignIn, isAway, type SignInOptions } from './sign-in.ts';
import { createWeb, field, headers } from './web.ts';

export type PayrollOptions = Omit<SignInOptions, 'now'> & {
  now?: () => Date;
  /** The clock by which the issuer dates its tokens; another one than ours only where time is moved for a demonstration. */
  issuerNow?: () => Date;
  log?: (sentence: string, fault?: unknown) => void;
};

/** What the bank account asks for: two steps, not older than five minutes. */
const BANK_ACCOUNT: Demand = { acr: 'mfa', maxAgeSeconds: 300 };
const TWO_STEPS: Demand = { acr: 'mfa' };

const CSS = readFileSync(new URL('payroll.css', import.meta.url), 'utf8');
const MARK = readFileSync(new URL('mark.svg', import.meta.url), 'utf8');
const MOST_BYTES = 16 * 1024;
const JUST_NOW_MS = 60_000;

export function createPayroll(options: PayrollOptions) {
  const { issuer, publicUrl, now = () => new Date(), issuerNow = now, log = console.error } = options;
  const overTls = publicUrl.protocol === 'https:';
  const signIn = createSignIn({ ...options, now });
  const sessions = createSessions(now);
  const accounts = createBankAccounts(firstIban);
  const { who, words, cookie, remember, show, problem } = createWeb({ sessions, overTls });
  const app = new Hono();

  app.use(bodyLimit({ maxSize: MOST_BYTES }));
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers(issuer, overTls))) c.res.headers.set(name, value);
  });
  app.use(async (c, next) => {
    // The issuer posts log-outs from its own server; everything else comes from a page of ours.
    const isSafe = c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.path === '/backchannel-logout';
    if (!isSafe && c.req.header('origin') !== publicUrl.origin) return problem(c, 'foreign', 403);
    await next();
  });

  app.get('/', async (c) => {
    if (who(c)) return c.redirect('/payslips');
    return show(c, words(c).landing.title, landing(words(c), { isOut: false }));
  });
  app.get('/signed-out', (c) => show(c, words(c).landing.title, landing(words(c), { isOut: true })));

  app.get('/sign-in', (c) => begin(c, '/payslips'));
  app.get('/two-steps', (c) => begin(c, '/payslips', TWO_STEPS));

  app.get('/callback', async (c) => {
    const url = new URL(c.req.url);
    const arrival = await signIn.arrive(new URL(`/callback${url.search}`, publicUrl), cookie(c, 'trip'));
    if (!arrival.arrived) {
      log(`a sign-in was refused: ${arrival.detail}`);
      return problem(c, arrival.because, arrival.because === 'unknown-trip' ? 400 : 403);
    }
    const { person, to, demand } = arrival;
    const before = who(c);
    const token = sessions.open(person);
    if (token === null) return problem(c, 'unknown-trip', 400);
    sessions.end(cookie(c, 'session'));
    const session = sessions.find(token);
    // What was typed before the question comes back to whoever typed it.
    if (session && before?.subject === session.subject) session.draft = before.draft;
    remember(c, 'session', token);
    // Asked once: whoever comes back with less than was asked for is told so, and not sent round in circles.
    if (demand && unmet(person, demand, issuerNow())) return c.redirect('/not-enough', 303);
    return c.redirect(to, 303);
  });

  app.get('/not-enough', (c) => problem(c, 'too-weak', 403));

  app.get('/payslips', (c) => {
    const session = who(c);
    if (!session) return begin(c, '/payslips');
    const slips = payslipsOf(session.subject, session.employers, today());
    return show(c, words(c).payslips.title, payslipList(words(c), { name: session.name, slips }));
  });

  app.get('/payslips/:id', (c) => {
    const session = who(c);
    const id = c.req.param('id');
    // An address that is no payslip of anybody's is not where a sign-in should lead.
    if (!session) return begin(c, /^[a-z]+-\d{4}-\d{2}$/.test(id) ? `/payslips/${id}` : '/payslips');
    const slip = payslipsOf(session.subject, session.employers, today()).find((one) => one.id === id);
    if (!slip) return problem(c, 'not-found', 404);
    const { iban } = accounts.of(session, now());
    return show(c, words(c).payslips.title, payslipPage(words(c), { slip, name: session.name, iban }));
  });

  app.get('/bank-account', async (c) => {
    const session = who(c);
    const verified = session && (await verify(session));
    if (!verified) return begin(c, '/bank-account', BANK_ACCOUNT);
    const typed = session.draft ?? '';
    session.draft = null;
    return showAccount(c, session, { hold: verified.hold, typed, fault: null });
  });

  app.post('/bank-account', async (c) => {
    const session = who(c);
    const typed = await field(c, 'iban');
    if (session) session.draft = typed;
    const verified = session && (await verify(session));
    if (!verified) return begin(c, '/bank-account', BANK_ACCOUNT);
    session.draft = null;
    const read = readIban(typed);
    if ('fault' in read) return showAccount(c, session, { hold: verified.hold, typed, fault: read });
    accounts.change(session, read.iban, verified.hold, now());
    return c.redirect('/bank-account', 303);
  });

  app.post('/bank-account/cancel', (c) => {
    const session = who(c);
    // Taking a change back makes nothing worse: being signed in is enough.
    if (session) accounts.cancel(session, now());
    return c.redirect('/bank-account', 303);
  });

  app.post('/language', async (c) => {
    const language = await field(c, 'language');
    if (language === 'en' || language === 'nl') remember(c, 'language', language, 365 * 24 * 3600);
    const to = await field(c, 'to');
    return c.redirect(/^\/[a-z][a-z0-9/-]*$/.test(to) ? to : '/', 303);
  });

  app.post('/sign-out', async (c) => {
    const session = who(c);
    sessions.end(cookie(c, 'session'));
    remember(c, 'session', '', 0);
    return c.redirect(session ? (await signIn.leave(session)).href : '/signed-out', 303);
  });

  app.post('/backchannel-logout', async (c) => {
    const checked = await signIn.verifyLogout(await field(c, 'logout_token'));
    if (checked.ok) {
      sessions.endAll(checked.logout);
      return c.body(null, 200);
    }
    log(`a log-out was refused: ${checked.refusal.detail}`);
    if (checked.refusal.reason === 'unavailable') return c.json({ error: 'temporarily_unavailable' }, 503);
    return c.json({ error: 'invalid_request' }, 400);
  });

  app.get('/payroll.css', (c) => c.body(CSS, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/mark.svg', (c) => c.body(MARK, 200, { 'content-type': 'image/svg+xml' }));
  app.notFound((c) => problem(c, 'not-found', 404));
  app.onError((fault, c) => {
    const answered = 'getResponse' in fault && typeof fault.getResponse === 'function' ? fault.getResponse() : null;
    if (answered instanceof Response) return answered;
    log(`${c.req.method} ${c.req.path}`, fault);
    return isAway(fault) ? problem(c, 'unreachable', 503) : problem(c, 'fault', 500);
  });
  return app;

  function today(): Temporal.PlainDate {
    return now().toTemporalInstant().toZonedDateTimeISO('Europe/Amsterdam').toPlainDate();
  }

  /** The issuer dates by its clock; until when somebody has to wait is for ours. */
  function inOurTime(hold: Hold | null): Hold | null {
    const ahead = now().getTime() - issuerNow().getTime();
    const moved = (at: Date) => new Date(at.getTime() + ahead);
    return hold && { ...hold, since: moved(hold.since), until: moved(hold.until) };
  }

  /** Sends the browser to the issuer. */
  async function begin(c: Context, to: string, demand?: Demand): Promise<Response> {
    const browser = cookie(c, 'trip') ?? signIn.newBrowser();
    const email = demand ? who(c)?.email : null;
    const { lang: language } = words(c);
    const url = await signIn.begin({ browser, to, language, ...(email && { email }), ...(demand && { demand }) });
    remember(c, 'trip', browser, 3600);
    return c.redirect(url.href, 303);
  }

  /**
   * Two steps, not long ago, and what the issuer knows of the account at this moment: what the session knows may be
   * minutes old. Null where the person has to go there first.
   */
  async function verify(session: Session): Promise<Pick<BankView, 'hold'> | null> {
    if (unmet(session, BANK_ACCOUNT, issuerNow())) return null;
    const known = await signIn.askAgain(session);
    return known && { hold: inOurTime(holdOf(known.assurance, issuerNow())) };
  }

  function showAccount(
    c: Context,
    session: Session,
    view: Pick<BankView, 'hold' | 'typed' | 'fault'>,
  ): Promise<Response> {
    const account = accounts.of(session, now());
    const { changedAt } = account;
    const isSaved = !view.fault && changedAt !== null && now().getTime() - changedAt.getTime() < JUST_NOW_MS;
    const page = bankAccountPage(words(c), { ...view, account, isSaved });
    return show(c, words(c).bank.title, page, { status: view.fault ? 422 : 200, hasError: view.fault !== null });
  }
}
