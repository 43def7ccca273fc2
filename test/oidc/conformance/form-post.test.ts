import { basicChecks } from './checks/basic.ts';
import { plan } from './checks/run.ts';

plan('oidcc-formpost-basic-certification-test-plan', basicChecks);
