import { apiRoutes } from '#api/routes.ts';
import { ENDPOINTS } from '#oidc/endpoints.ts';
import { routes } from '#web/routes.ts';
import type { Command } from './command.ts';

export const command: Command = {
  summary: 'Prints every address of the server and who may come in.',
  run: async () => {
    const list = [...routes, ...ENDPOINTS, ...apiRoutes].map(({ method, path, level }) => ({ method, path, level }));
    const width = Math.max(...list.map(({ path }) => path.length));
    return {
      lines: list.map(({ method, path, level }) => `${method.padEnd(6)}  ${path.padEnd(width)}  ${level}`),
      json: { routes: list },
    };
  },
};
