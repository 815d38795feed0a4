/** An answer `{ok: false, error}`: thrown by a method, caught where methods are called. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal';

  constructor(
    readonly code: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
  }
}
