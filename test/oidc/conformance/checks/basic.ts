import type { BASIC } from '../plans.ts';
import { claims } from './claims.ts';
import { codes } from './codes.ts';
import { type Check, requests } from './requests.ts';
import { sessions } from './sessions.ts';

/** One for every row of the plan; the compiler counts. */
export const basicChecks: Record<keyof typeof BASIC, Check> = { ...requests, ...claims, ...sessions, ...codes };
