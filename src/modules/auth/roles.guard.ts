import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Principal } from '../../http/principal.js';
import { IS_PUBLIC } from '../../http/public.js';
import { REQUIRED_ROLE } from '../../http/requires-role.js';
import { type Role, suffices } from '../../http/role.js';
import { RoleRequiredError, UndeclaredRouteError } from './role-required.errors.js';

/** Holds the principal, whom the guard before has put on the request, to the role of the route. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** Throws RoleRequiredError. */
  canActivate(context: ExecutionContext): boolean {
    const route = context.getHandler();
    if (this.reflector.get<boolean>(IS_PUBLIC, route)) return true;
    const needed = this.reflector.get<Role | undefined>(REQUIRED_ROLE, route);
    if (!needed) throw new UndeclaredRouteError([route.name]);
    const { user } = context.switchToHttp().getRequest<{ user: Principal }>();
    if (!suffices(user.roles, needed)) throw new RoleRequiredError(needed);
    return true;
  }
}
