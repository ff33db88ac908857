import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Who asks, as their token says. Every query is scoped to the tenant. */
export interface Principal {
  sub: string;
  tenant: string;
  roles: readonly string[];
  /** Null where the token does not say. */
  issuedAt: Date | null;
  /** From when on the token is refused; whatever it opened ends with it. */
  expiresAt: Date;
}

/** The principal of an authenticated route; the guard has put it on the request. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => context.switchToHttp().getRequest<{ user: Principal }>().user,
);
