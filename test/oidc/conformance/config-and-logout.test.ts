import { backChannel } from './checks/back-channel.ts';
import { discovery } from './checks/discovery.ts';
import { logoutChecks } from './checks/logout.ts';
import { plan } from './checks/run.ts';

plan('oidcc-config-certification-test-plan', { 'oidcc-discovery-endpoint-verification': discovery });
plan('oidcc-rp-initiated-logout-certification-test-plan', logoutChecks);
const { checks, open } = backChannel();
plan('oidcc-backchannel-rp-initiated-logout-certification-test-plan', checks, open);
