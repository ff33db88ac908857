import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { StreamTicketsService } from './stream-tickets.service.js';

@Module({
  imports: [PassportModule],
  providers: [JwtStrategy, StreamTicketsService, { provide: APP_GUARD, useClass: JwtAuthGuard }],
  exports: [StreamTicketsService],
})
export class AuthModule {}
