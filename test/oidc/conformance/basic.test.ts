import { basicChecks } from './checks/basic.ts';
import { plan } from './checks/run.ts';

plan('oidcc-basic-certification-test-plan', basicChecks);
