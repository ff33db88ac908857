import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { RateLimitGuard } from '../../http/rate-limit/rate-limit.guard.js';
import { DeclaredRoutes } from './declared-routes.js';
import { RolesGuard } from './roles.guard.js';
import { StreamTicketsService } from './stream-tickets.service.js';

@Module({
  imports: [PassportModule, DiscoveryModule],
  providers: [
    JwtStrategy,
    StreamTicketsService,
    DeclaredRoutes,
    // In this order: who it is, how often, what they may.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
  ],
  exports: [StreamTicketsService],
})
export class AuthModule {}
