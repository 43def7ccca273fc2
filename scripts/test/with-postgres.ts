import { startServer } from '#test/support/postgres.ts';

/** Test files find one server in the environment instead of starting one each; it goes when the stage is done. */
export function withPostgres<T>(work: () => Promise<T>): () => Promise<T> {
  return async () => {
    const server = await startServer();
    process.env['NACHTSLOT_TEST_POSTGRES'] = server.url;
    try {
      return await work();
    } finally {
      delete process.env['NACHTSLOT_TEST_POSTGRES'];
      await server.stop();
    }
  };
}
