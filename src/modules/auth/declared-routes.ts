import { Injectable, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { IS_PUBLIC } from '../../http/public.js';
import { REQUIRED_ROLE } from '../../http/requires-role.js';
import { UndeclaredRouteError } from './role-required.errors.js';

type Handler = (...parameters: unknown[]) => unknown;

/** Keeps a process from starting with a route that does not say who may use it. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** Throws UndeclaredRouteError, which names all of them. */
  onModuleInit(): void {
    const undeclared = this.discovery.getControllers().flatMap(({ metatype }) => this.undeclaredOf(metatype as never));
    if (undeclared.length > 0) throw new UndeclaredRouteError(undeclared);
  }

  private undeclaredOf({ name, prototype }: { name: string; prototype: Record<string, Handler> }): string[] {
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((method) => this.isRoute(prototype[method]!) && !this.isDeclared(prototype[method]!))
      .map((method) => `${name}.${method}`);
  }

  private isRoute(handler: Handler): boolean {
    return this.reflector.get<unknown>(METHOD_METADATA, handler) !== undefined;
  }

  private isDeclared(handler: Handler): boolean {
    return [IS_PUBLIC, REQUIRED_ROLE].some((mark) => this.reflector.get<unknown>(mark, handler) !== undefined);
  }
}
