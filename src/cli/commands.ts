import type { Command } from './command.ts';

/** Every command, in the order in which the help lists them. A new one is one line here and one file. */
export const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  init: () => import('./init.ts'),
  serve: () => import('./serve.ts'),
  doctor: () => import('./doctor.ts'),
  migrate: () => import('./migrate.ts'),
  verify: () => import('./verify.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  'keys rotate': () => import('./keys-rotate.ts'),
  'audit verify': () => import('./audit-verify.ts'),
  'audit export': () => import('./audit-export.ts'),
  routes: () => import('./routes.ts'),
  'user add': () => import('./user-add.ts'),
  'user disable': () => import('./user-disable.ts'),
  'user recover': () => import('./user-recover.ts'),
  'user export': () => import('./user-export.ts'),
  'org add': () => import('./org-add.ts'),
  'org list': () => import('./org-list.ts'),
  'help import': () => import('./help-import.ts'),
  'help report': () => import('./help-report.ts'),
};
