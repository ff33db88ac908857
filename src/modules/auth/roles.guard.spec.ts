import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Public } from '../../http/public.js';
import { RequiresRole } from '../../http/requires-role.js';
import { RoleRequiredError, UndeclaredRouteError } from './role-required.errors.js';
import { RolesGuard } from './roles.guard.js';

class Routes {
  @Public()
  open() {}

  @RequiresRole('trainer')
  closed() {}

  forgotten() {}
}

function asked(route: keyof Routes, roles?: string[]): boolean {
  const context = {
    getHandler: () => Routes.prototype[route],
    switchToHttp: () => ({ getRequest: () => ({ user: roles && { roles } }) }),
  } as unknown as ExecutionContext;
  return new RolesGuard(new Reflector()).canActivate(context);
}

describe('the guard of roles', () => {
  it('asks nobody on a public route', () => expect(asked('open')).toBe(true));
  it('lets in the role and those above it', () => {
    expect([asked('closed', ['trainer']), asked('closed', ['admin'])]).toEqual([true, true]);
  });
  it.each([[[]], [['viewer']], [['root']]])('keeps out %j', (roles) => {
    expect(() => asked('closed', roles)).toThrow(RoleRequiredError);
  });
  it('opens nothing that says nothing', () => {
    expect(() => asked('forgotten', ['admin'])).toThrow(UndeclaredRouteError);
  });
});
