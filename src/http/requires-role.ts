import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { ApiProblem } from './openapi/api-problems.js';
import type { Role } from './role.js';

export const REQUIRED_ROLE = 'requiredRole';

/**
 * Who may use a route: bearers of this role, or of one above it. Each route says so for itself, or that it is public;
 * the process does not start with one that says nothing.
 */
export const RequiresRole = (role: Role): MethodDecorator =>
  applyDecorators(
    SetMetadata(REQUIRED_ROLE, role),
    ApiBearerAuth('token'),
    ApiExtension('x-required-role', role),
    ApiProblem(403, ['role_required']),
  );
