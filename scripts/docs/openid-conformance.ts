import { PLANS, type Plan, type Row } from '#test/oidc/conformance/plans.ts';
import { GENERATED, table } from './markdown.ts';

/** Which checks of the OpenID Foundation's conformance plans pass, and where we do something else. */
export function openidConformance(): string {
  const rows = PLANS.flatMap((plan) => Object.values(plan.rows));
  const differing = rows.filter(({ differs }) => differs !== '').length;
  return `${GENERATED}

# OpenID conformance

The checks of five plans of the OpenID Foundation's conformance suite for servers, written as tests of our own: one test per
check and plan, named after it, against the real server on a port (\`test/oidc/conformance/\`). This page is made of the list that
the tests are made of. Of ${rows.length} checks, ${rows.length - differing} pass as the suite has them; ${differing} rows differ on purpose and say why, and their tests assert what
we do instead. This is no certificate: that is given for a run of the suite itself.

**One rule of ours is stricter than the suite:** every application sends PKCE with S256, and a request without it is refused
(\`invalid_request\`). The suite sends PKCE in one check only; here every check sends it. The suite cannot be run against this
server as it is.

Not claimed: implicit and hybrid flows, dynamic registration, front-channel sign-out and session management. They are not there.

${PLANS.map(section).join('\n\n')}
`;
}

function section({ name, title, rows }: Plan): string {
  return `## ${title}\n\n\`${name}\`\n\n${table(['check', 'demands', 'here'], Object.entries(rows).map(line))}`;
}

function line([check, { demands, differs }]: [string, Row]): string[] {
  return [`\`${check}\``, demands, differs === '' ? 'passes' : `differs on purpose. ${differs}`];
}
