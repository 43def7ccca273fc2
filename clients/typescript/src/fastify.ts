import type { Guard } from './guard.ts';
import type { Token } from './token.ts';

/** What is used of Fastify. */
export type FastifyRequest = { headers: { authorization?: string | undefined }; token?: Token };
export type FastifyReply = {
  code(status: number): FastifyReply;
  headers(values: Record<string, string>): FastifyReply;
  send(body: string): FastifyReply;
};

/** `fastify.get('/wages', { preHandler: fastifyGuard(guard) }, …)`; then `request.token`. A reply that is returned ends it. */
export function fastifyGuard(guard: Guard) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | void> => {
    const guarded = await guard(request.headers.authorization);
    if (!guarded.ok) {
      const { status, headers, body } = guarded.denial;
      return reply.code(status).headers(headers).send(body);
    }
    request.token = guarded.token;
  };
}
