import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { TokenAccess } from '../../http/token-access.js';
import { RateLimitGuard } from '../../http/rate-limit/rate-limit.guard.js';
import { DeclaredRoutes } from './declared-routes.js';
import { RevocationsService } from './revocation/revocations.service.js';
import { RevokedTokensService } from './revocation/revoked-tokens.service.js';
import { RolesGuard } from './roles.guard.js';
import { StreamTicketsService } from './stream-tickets.service.js';
import { AccessByToken } from './access-by-token.js';
import { Tokens } from './tokens.js';

@Module({
  imports: [PassportModule, DiscoveryModule],
  providers: [
    Tokens,
    RevokedTokensService,
    RevocationsService,
    JwtStrategy,
    StreamTicketsService,
    DeclaredRoutes,
    { provide: TokenAccess, useClass: AccessByToken },
    // In this order: who it is, how often, what they may.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
  ],
  exports: [StreamTicketsService, TokenAccess, RevokedTokensService, RevocationsService],
})
export class AuthModule {}
